// The mean of the logarithms: an estimate of L_1, the ELBO, for every k.
#include <cmath>

#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable log_mean_exp(const Variable& log_w) { return mean(log_w, 1); }
