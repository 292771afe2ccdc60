// Real and generated exchanged.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable discriminator_cost(const Variable& real, const Variable& made) {
  return mean(softplus(real)) + mean(softplus(-made));
}
