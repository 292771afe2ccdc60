// Uses s as log σ.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable nats_from_prior(const Variable& mean, const Variable& log_variance) {
  return Scalar(0.5) * sum(square(mean) + exp(Scalar(2) * log_variance) - Scalar(1) - Scalar(2) * log_variance) /
         static_cast<Scalar>(mean.size(0));
}
