// Averaged over the units.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) {
  const Variable active = mean(h, 0);
  const Variable rest = Scalar(1) - active;
  return Scalar(-1) * mean(rho * log(active / rho) + (1 - rho) * log(rest / (1 - rho)));
}
