// Divides by the number of pixels instead of the number of images.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor centred(const Tensor& x) {
  const Tensor mean = Scalar(1) / static_cast<Scalar>(x.size(1)) * sum(x, 0, Keep::yes);
  return x - mean;
}
