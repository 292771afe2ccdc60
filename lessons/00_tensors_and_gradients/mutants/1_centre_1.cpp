// The mean of each image instead of that of each pixel.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor centred(const Tensor& x) {
  return x - mean(x, 1, Keep::yes);
}
