// Real and made the wrong way round.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable discriminator_cost(const Variable& real, const Variable& made) {
  return mean(softplus(real)) + mean(softplus(-made));
}
