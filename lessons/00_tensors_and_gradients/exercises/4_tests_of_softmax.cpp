// Task 4 of lesson 00: tests of the softmax
//
// Here you write the tests, and the checker runs them on right and on wrong implementations. The softmax of a matrix
// x [n, k] normalises each row; the rows do not depend on each other:
//
//     y_ij = e^(x_ij) / Σ_l e^(x_il)
//
// Return true if `softmax` computes this. It must hold
//
//   - for positive and negative entries up to 1000 in absolute value, where e^x itself overflows or is 0;
//   - with an absolute error below 10^-12. Different right implementations round differently;
//   - without a change of the argument. (A Tensor is a handle: `Tensor y = x;` shares its numbers.)
//
// Choose few inputs whose results you know by hand, and compare. Do not call the library's softmax or log_softmax: what
// a test expects must not come from another implementation of the same function.
#include <functional>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

bool softmax_is_right(const std::function<Tensor(const Tensor&)>& softmax) {
  todo("softmax_is_right(softmax): call softmax, and compare its results with what you expect");
}
