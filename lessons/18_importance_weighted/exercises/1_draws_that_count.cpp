// Task 1 of lesson 18: the effective sample size
//
// From the logarithms of k weights, log_w [n, k], the effective sample size of each image:
//
//     w~_i = w_i / Σ_j w_j,      1 / Σ_i w~_i²        [n]
//
// It is k if all weights are equal, and 1 if one of them dominates. The normalised weights w~ are also the factors of
// the samples in the gradient of log 1/k Σ w: if one weight dominates, the model learns from that sample alone. Weights
// may be as small as e^-1000, which is 0 in floating point: compute w~ without computing w. Use ops of autograd/ops.h.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) { todo("draws_that_count(log_w): the effective sample size"); }
