// The wrong sign of the logarithm.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable nats_from_prior(const Variable& mean, const Variable& log_variance) {
  return Scalar(0.5) * sum(square(mean) + exp(log_variance) - Scalar(1) + log_variance) /
         static_cast<Scalar>(mean.size(0));
}
