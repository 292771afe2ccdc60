// One mean over all entries instead of one for each column.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

Tensor centred(const Tensor& x) { return x - mean(x); }
