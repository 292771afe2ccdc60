// Task 1 of lesson 09: the log-likelihood by importance sampling
//
// The integral log p(x) = log ∫ p(x|z) p(z) dz cannot be computed exactly, but it can be estimated from K draws
// z_k ~ q(z|x):
//
//     w_k = p(x|z_k) p(z_k) / q(z_k|x),     log p(x) ≈ log (1/K Σ_k w_k)
//
// Given are the K logarithms log w_k, numbers such as -95.3 or -1200. The exponential of -1200 is 0 even in double
// precision, so the largest logarithm must be factored out first. Write the estimate for one image. It is never below
// the mean of the log w_k, which estimates the ELBO.
#include <span>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double log_mean_weight(std::span<const double> log_weights) {
  todo("log_mean_weight(log_weights): the logarithm of the mean weight is missing");
}
