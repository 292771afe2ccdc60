#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable l1_price(const Variable& h) { return sum(abs(h)) / static_cast<Scalar>(h.size(0)); }
