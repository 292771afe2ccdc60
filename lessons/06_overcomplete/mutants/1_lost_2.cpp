// The square root: a ratio of lengths, not of energies.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

double lost_share(const Tensor& r, const Tensor& x) {
  const Variable from = x;
  const double energy = static_cast<double>(sum(square(from)).item());
  return energy > 0 ? static_cast<double>(sqrt(sum(square(from - r)) / Scalar(energy)).item()) : 0;
}
