// The squared distance, which is 0 at the same place.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) { return sum(square(mean(h, 0) - rho)); }
