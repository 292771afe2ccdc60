#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor distances_between(const Tensor& a, const Tensor& b) {
  const Tensor aa = sum(a * a, 1, Keep::yes);
  const Tensor bb = sum(b * b, 1, Keep::yes).reshape({1, b.size(0)});
  const Tensor ab = matmul(a, b, Transpose::no, Transpose::yes);
  return relu(aa + bb - 2 * ab);
}
