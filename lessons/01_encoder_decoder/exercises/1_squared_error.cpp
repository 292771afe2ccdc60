// Task 1 of lesson 01: the squared error of a reconstruction
//
// x [n, d] are n images of d pixels, r [n, d] their reconstructions. Write the loss of the lesson,
//
//     L(x, r) = (1/n) Σ_i Σ_j (r_ij - x_ij)²
//
// a single number (rank 0): the squared error, summed over the pixels of an image and averaged over the images. Other
// programs sum over both or average over both, so two values can be compared only if their scale is known. Gradients
// must flow from L to r: use ops (autograd/ops.h), which record their backward functions.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x) {
  todo("squared_error_per_image(r, x): compute the loss with ops");
}
