// Uses the same ε for all elements.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable drawn_code(const Variable& mean, const Variable& log_variance, const Tensor& epsilon) {
  return mean + exp(Scalar(0.5) * log_variance) * epsilon.data()[0];
}
