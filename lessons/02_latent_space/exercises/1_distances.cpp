// Task 1 of lesson 02: all distances between two sets of codes
//
// The rows of a [n, k] and of b [m, k] are codes. Return all squared Euclidean distances between them, [n, m]:
//
//     D_ij = ‖a_i - b_j‖² = ‖a_i‖² + ‖b_j‖² - 2 a_i · b_j
//
// The middle form needs n · m · k subtractions. The form on the right needs one matrix product and two short sums, and
// is much faster. By rounding it can give a value slightly below 0, while a squared distance is never negative: return
// 0 for such a value. Use the functions of tensor/product.h, tensor/reduce.h and tensor/elementwise.h, or loops.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor distances_between(const Tensor& a, const Tensor& b) {
  todo("distances_between(a, b): compute the squared distance of each row of a to each row of b");
}
