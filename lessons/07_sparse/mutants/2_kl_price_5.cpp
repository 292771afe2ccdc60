// The first term only: too active a unit lowers the penalty.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) { return Scalar(-1) * sum(rho * log(mean(h, 0) / rho)); }
