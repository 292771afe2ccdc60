// The right value, but no gradient.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable l1_price(const Variable& h) { return sum(abs(h.detach())) / static_cast<Scalar>(h.size(0)); }
