// The formula without softplus: infinite where σ is 0 or 1.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable discriminator_cost(const Variable& real, const Variable& made) {
  return -(mean(log(sigmoid(real))) + mean(log(1 - sigmoid(made))));
}
