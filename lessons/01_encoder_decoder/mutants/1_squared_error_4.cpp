// The right value, but no gradient flows to r.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x) {
  return sum(square(r.detach() - x)) / static_cast<Scalar>(x.size(0));
}
