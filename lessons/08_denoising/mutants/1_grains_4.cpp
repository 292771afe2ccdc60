// Writes into the input, whose memory the shallow copy shares.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor grains(const Tensor& x, const Tensor& u, Scalar p) {
  Tensor y = x;
  Scalar* out = y.write_();
  for (Index i = 0; i < x.numel(); ++i)
    if (u.data()[i] < p / 2)
      out[i] = 0;
    else if (u.data()[i] < p)
      out[i] = 1;
  return y;
}
