// Task 2 of lesson 18: how many draws count?
//
// From the logarithms of k weights, log_w [n, k], the effective number of draws for each image:
//
//     w~_i = w_i / Σ_j w_j,      1 / Σ_i w~_i²        [n]
//
// k if all weigh the same, 1 if one of them outweighs all others. The w~ are also what the gradient of log 1/k Σ w
// gives to each draw: a model that is trained with one heavy draw learns from that draw alone. Weights may be as small
// as e^-1000: do not compute them, but their shares. Use ops of autograd/ops.h.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) { todo("draws_that_count(log_w): each draw's share is to be found"); }
