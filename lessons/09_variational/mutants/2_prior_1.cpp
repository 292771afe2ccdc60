// Omits the factor ½.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable nats_from_prior(const Variable& mean, const Variable& log_variance) {
  return sum(square(mean) + exp(log_variance) - Scalar(1) - log_variance) / static_cast<Scalar>(mean.size(0));
}
