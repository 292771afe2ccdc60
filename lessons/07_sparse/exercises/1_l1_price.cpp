// Task 1 of lesson 07: the L1 penalty of a code
//
// The L1 penalty is the sum of the absolute activations, without the weight λ:
//
//     Ω(h) = (1/n) Σ_i Σ_j |h_ij|,     h [n, units]: the codes of n images, one a row
//
// It is summed over the units and averaged over the images, so that it does not depend on the size of the mini-batch.
// The result has rank 0. It must have a gradient with respect to h: use ops (autograd/ops.h).
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable l1_price(const Variable& h) { todo("l1_price(h): the L1 penalty of a batch of codes"); }
