// Task 1 of lesson 15: the penalty of one sigmoid layer
//
// For h = σ(W x + b) the derivative of h_j with respect to x_i is h_j (1 - h_j) W_ji. So the squared norm of the
// Jacobian needs no differentiation at all:
//
//     ‖∂h/∂x‖²_F = Σ_j (h_j (1 - h_j))² Σ_i W_ji²
//
// h is [n, code], one image a row; W is [code, input]. Return the mean over the n images, a single number, with ops of
// autograd/ops.h: the gradient must reach h and W, for both can make the penalty smaller.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W) {
  todo("penalty_of_a_layer(h, W): the squared derivatives are to be added up");
}
