// W is detached: no gradient reaches it.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W) {
  return sum(square(h * (1 - h)) * sum(square(W.detach()), 1)) / static_cast<Scalar>(h.size(0));
}
