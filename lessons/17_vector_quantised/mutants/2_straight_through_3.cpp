// The gradient is right, the numbers are those of z: the decoder sees what was not chosen.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable straight_through(const Variable& z, const Variable& h) { return z + Scalar(0) * h; }
