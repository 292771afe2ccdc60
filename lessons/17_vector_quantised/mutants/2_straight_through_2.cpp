// The right value, but the gradient is zero.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable straight_through(const Variable& z, const Variable& h) { return h.detach() + Scalar(0) * z; }
