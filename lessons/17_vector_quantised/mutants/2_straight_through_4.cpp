// Nothing is detached: z cancels, and with it its gradient.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable straight_through(const Variable& z, const Variable& h) { return z + (h - z); }
