// Only the first half: what answers too often earns something.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) { return Scalar(-1) * sum(rho * log(mean(h, 0) / rho)); }
