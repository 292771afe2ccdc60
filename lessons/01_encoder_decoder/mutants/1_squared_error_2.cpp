// Sums over the images instead of averaging.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x) { return sum(square(r - x)); }
