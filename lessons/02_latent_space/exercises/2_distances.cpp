// Task 2 of lesson 02: how far apart
//
// Rows of a [n, k] and of b [m, k] are codes. Write all squared Euclidean distances between them, [n, m]:
//
//     D_ij = ‖a_i - b_j‖² = ‖a_i‖² + ‖b_j‖² - 2 a_i · b_j
//
// The middle form asks for n · m · k subtractions; the form on the right is one matrix product and two short sums,
// which is why everybody uses it. Rounding can make it come out a little below 0, and a distance never is: such a
// number is to be 0. You may use the functions of tensor/product.h, tensor/reduce.h and tensor/elementwise.h, or plain
// loops.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor distances_between(const Tensor& a, const Tensor& b) {
  todo("distances_between(a, b): the squared distance of each row of a to each row of b");
}
