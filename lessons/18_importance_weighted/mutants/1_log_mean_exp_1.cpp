// Does not subtract the largest logarithm: e^-1000 is 0, and the logarithm of 0 is -inf.
#include <cmath>

#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable log_mean_exp(const Variable& log_w) { return log(mean(exp(log_w), 1)); }
