// The mean of each image, in place of that of each pixel.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor centred(const Tensor& x) {
  const Tensor mean = tensor::affine(tensor::sum(x, 1, true), Scalar(1) / static_cast<Scalar>(x.size(1)), 0);
  return tensor::sub(x, mean);
}
