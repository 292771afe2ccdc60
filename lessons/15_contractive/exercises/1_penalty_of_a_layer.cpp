// Task 1 of lesson 15: the penalty of one sigmoid layer
//
// For h = σ(W x + b) the derivative of h_j with respect to x_i is h_j (1 - h_j) W_ji. The squared Frobenius norm of the
// Jacobian therefore has a closed form:
//
//     ‖∂h/∂x‖²_F = Σ_j (h_j (1 - h_j))² Σ_i W_ji²
//
// h is [n, code], one row per image; W is [code, input]. Return the mean over the n images, a single number. Use ops of
// autograd/ops.h: the gradient must reach both h and W.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W) {
  todo("penalty_of_a_layer(h, W): the sum of the squared derivatives is missing");
}
