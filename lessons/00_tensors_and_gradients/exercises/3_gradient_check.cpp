// Task 3 of lesson 00: a gradient check
//
// A gradient check is a test of backward functions: it compares the gradients that they compute with finite
// differences. f takes several inputs and returns one tensor y. Given numbers v of y's shape, the vector-Jacobian
// product is the gradient of one number:
//
//     L(x) = Σ v · f(x),     ∂L/∂x_j ≈ (L(x + ε e_j) - L(x - ε e_j)) / (2 ε)     with 1 at entry j of e_j, else 0
//
// Return true if the gradients of all entries of all inputs agree with finite differences: each entry of an input's
// gradient differs by at most 10^-6 times the largest absolute value of that gradient. A gradient with NaN is wrong.
// The tests of this task are ops: those with the right backward function must be accepted, the others rejected.
//
// grad(y, x, Graph::keep, v) computes the gradients by backpropagation; x are variables made by Variable::parameter.
// Choose v with care, too. Do not call the library's gradcheck, and do not change the inputs. (Scalar is double here.)
#include <functional>
#include <span>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

using Op = std::function<Variable(std::span<const Variable>)>;

bool gradient_is_right(const Op& f, const std::vector<Tensor>& inputs) {
  todo("gradient_is_right(f, inputs): compare the gradients with finite differences");
}
