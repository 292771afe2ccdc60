// The penalty without the sigmoid: that of a linear layer.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W) {
  return sum(square(W)) * (sum(h) / sum(h.detach())) / static_cast<Scalar>(1);
}
