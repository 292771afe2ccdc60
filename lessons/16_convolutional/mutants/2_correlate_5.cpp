// Circular padding: pixels beyond one edge are read at the opposite edge.
#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor correlate(const Tensor& x, const Tensor& w, Index stride, Index padding) {
  const Index height = x.size(0), width = x.size(1), k = w.size(0);
  Tensor y = Tensor::zeros({(height + 2 * padding - k) / stride + 1, (width + 2 * padding - k) / stride + 1});
  for (Index i = 0; i < y.size(0); ++i)
    for (Index j = 0; j < y.size(1); ++j)
      for (Index a = 0; a < k; ++a)
        for (Index b = 0; b < k; ++b) {
          const Index row = i * stride + a - padding, column = j * stride + b - padding;
          y.write_()[i * y.size(1) + j] +=
              w.data()[a * k + b] * x.data()[(row + height) % height * width + (column + width) % width];
        }
  return y;
}
