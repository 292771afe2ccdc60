// Task 1 of lesson 15: the penalty of any encoder
//
// A deeper encoder has no closed form as short as that of a sigmoid layer. Its penalty is computed by automatic
// differentiation, and must itself be differentiable. Given a function f from images x [n, input] to codes [n, code]
// that maps each row independently of the others, return
//
//     mean over images of ‖∂f(x)/∂x‖²_F = 1/n Σ_j ‖∂ Σ_images f_j / ∂x‖²
//
// as one number with a recorded graph, so that its gradient reaches the weights inside f.
// The sum over images is allowed since the code of an image depends on no other image: the gradient of Σ_images f_j
// contains row j of every image's Jacobian. From autograd/backward.h: grad(y, x, Graph::create) is dy/dx for a single
// number y, as a Variable with a recorded graph; x must be a Variable that requires a gradient (Variable::parameter).
#include <functional>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable penalty_of_any_encoder(const std::function<Variable(const Variable&)>& f, const Tensor& x) {
  todo("penalty_of_any_encoder(f, x): the sum of the squared derivatives of f is missing");
}
