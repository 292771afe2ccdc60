// The right value, but the gradient goes to the codebook instead.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable straight_through(const Variable& z, const Variable& h) { return h + Scalar(0) * z; }
