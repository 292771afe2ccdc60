// Adds the mean instead of subtracting it.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>

using namespace hourglass;

Tensor code_of(const Tensor& x, const Tensor& m, const Tensor& W) {
  return matmul(x + m, W, Transpose::no, Transpose::yes);
}

Tensor image_of(const Tensor& h, const Tensor& m, const Tensor& W) { return matmul(h, W) + m; }
