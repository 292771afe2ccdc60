#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W) {
  const Variable steep = square(h * (1 - h)), lengths = sum(square(W), 1);  // [n, code], [code]
  return sum(steep * lengths) / static_cast<Scalar>(h.size(0));
}
