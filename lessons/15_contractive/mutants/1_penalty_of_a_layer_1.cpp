// The derivative of the sigmoid is not squared.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W) {
  return sum(h * (1 - h) * sum(square(W), 1)) / static_cast<Scalar>(h.size(0));
}
