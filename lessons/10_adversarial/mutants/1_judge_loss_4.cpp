// Only the generated images.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable discriminator_cost(const Variable&, const Variable& made) { return Scalar(2) * mean(softplus(made)); }
