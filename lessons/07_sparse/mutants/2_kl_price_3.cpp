// The mean over an image's units, not over the images.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho) {
  const Variable active = mean(h, 1);
  const Variable rest = Scalar(1) - active;
  return Scalar(-1) * sum(rho * log(active / rho) + (1 - rho) * log(rest / (1 - rho)));
}
