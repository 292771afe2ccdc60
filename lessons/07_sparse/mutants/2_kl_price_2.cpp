// The divergence of each activation, not of the mean.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) {
  const Variable rest = Scalar(1) - h;
  return Scalar(-1) * sum(rho * log(h / rho) + (1 - rho) * log(rest / (1 - rho))) / static_cast<Scalar>(h.size(0));
}
