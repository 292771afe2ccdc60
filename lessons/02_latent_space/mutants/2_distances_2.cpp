// Lets rounding go below zero.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor distances_between(const Tensor& a, const Tensor& b) {
  const Tensor aa = tensor::sum(tensor::mul(a, a), 1, true);
  const Tensor bb = tensor::sum(tensor::mul(b, b), 1, true).reshape({1, b.size(0)});
  const Tensor ab = tensor::matmul(a, b, Transpose::no, Transpose::yes);
  return tensor::sub(tensor::add(aa, bb), tensor::affine(ab, 2, 0));
}
