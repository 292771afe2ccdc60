// Right, but written into x.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor centred(const Tensor& x) {
  Tensor same = x;
  same.copy_(tensor::sub(x, tensor::affine(tensor::sum(x, 0, true), Scalar(1) / static_cast<Scalar>(x.size(0)), 0)));
  return same;
}
