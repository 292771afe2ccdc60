// Sets all to black: masking noise.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor grains(const Tensor& x, const Tensor& u, Scalar p) {
  Tensor y = x.clone();
  Scalar* out = y.write_();
  for (Index i = 0; i < x.numel(); ++i)
    if (u.data()[i] < p / 2)
      out[i] = 0;
    else if (u.data()[i] < p)
      out[i] = 0;
  return y;
}
