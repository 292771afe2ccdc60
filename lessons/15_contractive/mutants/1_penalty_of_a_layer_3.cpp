// The mean over the units, too: the norm is a sum over them.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W) {
  return mean(square(h * (1 - h)) * sum(square(W), 1));
}
