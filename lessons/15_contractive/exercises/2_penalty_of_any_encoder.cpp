// Task 2 of lesson 15: the penalty of any encoder
//
// A deeper encoder has no formula as short as that of task 1. But a program that differentiates can differentiate what
// it has differentiated. For a function f from images x [n, input] to codes [n, code], each row on its own, return
//
//     mean over images of ‖∂f(x)/∂x‖²_F = 1/n Σ_j ‖∂ Σ_images f_j / ∂x‖²
//
// as one number that can itself be differentiated: its gradient must reach the weights inside f.
// The sum over images is allowed since images do not mix: the gradient of Σ_images f_j holds row j of every image's
// Jacobian. From autograd/backward.h: grad(y, x, Graph::create) is dy/dx for a single number y, as a Variable with
// a recorded graph of its own; x must be a Variable that a gradient can flow to (Variable::parameter).
#include <functional>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable penalty_of_any_encoder(const std::function<Variable(const Variable&)>& f, const Tensor& x) {
  todo("penalty_of_any_encoder(f, x): f is to be differentiated, and the squares added up");
}
