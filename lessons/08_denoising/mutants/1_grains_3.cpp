// Adds to the pixel instead of replacing it.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor grains(const Tensor& x, const Tensor& u, Scalar p) {
  Tensor y = x.clone();
  Scalar* out = y.write_();
  for (Index i = 0; i < x.numel(); ++i)
    if (u.data()[i] < p / 2)
      out[i] = x.data()[i] - 1;
    else if (u.data()[i] < p)
      out[i] = x.data()[i] + 1;
  return y;
}
