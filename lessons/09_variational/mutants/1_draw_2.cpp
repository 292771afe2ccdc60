// Uses s as σ itself.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable drawn_code(const Variable& mean, const Variable& log_variance, const Tensor& epsilon) {
  return mean + log_variance * Variable(epsilon);
}
