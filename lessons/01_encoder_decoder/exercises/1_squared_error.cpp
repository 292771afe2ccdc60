// Task 1 of lesson 01: what a reconstruction costs
//
// x [n, d] are n images of d numbers, r [n, d] their reconstructions. Write the loss of the lesson,
//
//     L(x, r) = (1/n) Σ_i Σ_j (r_ij - x_ij)²
//
// a single number (rank 0): the squared error summed over the numbers of an image, and averaged over images. "The
// squared error" of other people's code may be summed over both or averaged over both; that is why a loss here says
// its unit. A gradient must flow from L to r: use ops (autograd/ops.h), which know their rules.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x) {
  todo("squared_error_per_image(r, x): the loss is to be computed with ops");
}
