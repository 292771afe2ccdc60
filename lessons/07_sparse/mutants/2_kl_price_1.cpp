// The divergence with its arguments exchanged.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) {
  const Variable a = mean(h, 0), b = Scalar(1) - a;
  return sum(a * log(a / rho) + b * log(b / (1 - rho)));
}
