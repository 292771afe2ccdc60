// Task 1 of lesson 18: the bound from its importance weights
//
// For each image, from the logarithms of k weights, log_w [n, k]:
//
//     log 1/k Σ_i w_i        [n]
//
// The logarithms are about -100, and they may be -1000, where e^-1000 is 0 in floating point. Subtract the largest
// logarithm of each image before you take exponentials. Use ops of autograd/ops.h, so that the gradient reaches log_w,
// but not `logsumexp` or `softmax`: the task is to write the former with exp, log, amax and sum.
#include <cmath>

#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable log_mean_exp(const Variable& log_w) { todo("log_mean_exp(log_w): the logarithm of the mean weight"); }
