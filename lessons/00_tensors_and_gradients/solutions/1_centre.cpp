#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor centred(const Tensor& x) {
  const Tensor mean = mean(x, 0, Keep::yes);
  return x - mean;
}
