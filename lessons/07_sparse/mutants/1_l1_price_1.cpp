// Averaged over the units too.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable l1_price(const Variable& h) { return mean(abs(h)); }
