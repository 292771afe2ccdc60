// The mean of the logarithms: the bound of one draw, however many there are.
#include <cmath>

#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable log_mean_exp(const Variable& log_w) { return mean(log_w, 1); }
