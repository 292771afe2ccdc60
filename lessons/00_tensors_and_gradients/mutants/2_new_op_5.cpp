// The right values without a backward function: nothing is recorded.
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/elementwise.h>

using namespace hourglass;

Variable softsign(const Variable& x) { return x.value() / (abs(x.value()) + 1); }
