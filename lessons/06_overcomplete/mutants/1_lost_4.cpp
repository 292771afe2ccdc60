// The difference of the energies, not the energy of the difference.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

double lost_share(const Tensor& r, const Tensor& x) {
  const double energy = static_cast<double>(sum(square(Variable(x))).item());
  return energy > 0 ? 1 - static_cast<double>(sum(square(Variable(r))).item()) / energy : 0;
}
