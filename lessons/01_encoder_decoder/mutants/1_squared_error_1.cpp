// Averages over the pixels of an image, too.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x) { return mean(square(r - x)); }
