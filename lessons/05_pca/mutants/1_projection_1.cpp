// Does not subtract the mean.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>

using namespace hourglass;

Tensor code_of(const Tensor& x, const Tensor&, const Tensor& W) { return matmul(x, W, Transpose::no, Transpose::yes); }

Tensor image_of(const Tensor& h, const Tensor& m, const Tensor& W) { return matmul(h, W) + m; }
