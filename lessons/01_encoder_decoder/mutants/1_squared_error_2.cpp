// Summed over the images, not averaged.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x) { return sum(square(r - x)); }
