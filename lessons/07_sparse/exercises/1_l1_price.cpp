// Task 1 of lesson 07: what a code costs
//
// The simplest price on a code counts how much its units say, whatever the sign:
//
//     Ω(h) = (1/n) Σ_i Σ_j |h_ij|,     h [n, units]: n images, one code a row
//
// summed over the units of an image, and averaged over the images: one number (rank 0). A gradient must pass to h: use
// ops (autograd/ops.h). A batch twice as large must not cost more.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable l1_price(const Variable& h) { todo("l1_price(h): what a batch of codes costs"); }
