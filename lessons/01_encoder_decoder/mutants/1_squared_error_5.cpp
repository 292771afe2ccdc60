// Half of the squared error, as some textbooks define it.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x) {
  return Scalar(0.5) * sum(square(r - x)) / static_cast<Scalar>(x.size(0));
}
