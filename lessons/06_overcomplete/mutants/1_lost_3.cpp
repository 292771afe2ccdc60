// The error per image, not divided by the energy.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

double lost_share(const Tensor& r, const Tensor& x) {
  const Variable from = x;
  return static_cast<double>(sum(square(from - r)).item()) / static_cast<double>(x.size(0));
}
