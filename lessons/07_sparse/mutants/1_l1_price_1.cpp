// Averaged over the units as well.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable l1_price(const Variable& h) { return mean(abs(h)); }
