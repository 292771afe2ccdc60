// All entries of a window use the first weight of the kernel.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor spread(const Tensor& y, const Tensor& w, Index height, Index width, Index stride, Index padding) {
  const Index k = w.size(0);
  Tensor x = Tensor::zeros({height, width});
  for (Index i = 0; i < y.size(0); ++i)
    for (Index j = 0; j < y.size(1); ++j)
      for (Index a = 0; a < k; ++a)
        for (Index b = 0; b < k; ++b) {
          const Index row = i * stride + a - padding, column = j * stride + b - padding;
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          x.write_()[row * width + column] += w.data()[0] * y.data()[i * y.size(1) + j];
        }
  return x;
}
