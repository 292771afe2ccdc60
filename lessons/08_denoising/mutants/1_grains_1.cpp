// Replaces twice as many pixels.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor grains(const Tensor& x, const Tensor& u, Scalar p) {
  Tensor y = x.clone();
  Scalar* out = y.write_();
  for (Index i = 0; i < x.numel(); ++i)
    if (u.data()[i] < p)
      out[i] = 0;
    else if (u.data()[i] < 2 * p)
      out[i] = 1;
  return y;
}
