// The last row is one step short of h1.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor walk(const Tensor& h0, const Tensor& h1, Index points) {
  const Index k = h0.numel();
  Tensor path({points, k});
  Scalar* out = path.write_();
  for (Index i = 0; i < points; ++i) {
    const Scalar t = static_cast<Scalar>(i) / static_cast<Scalar>(points);
    for (Index j = 0; j < k; ++j) out[i * k + j] = (1 - t) * h0.data()[j] + t * h1.data()[j];
  }
  return path;
}
