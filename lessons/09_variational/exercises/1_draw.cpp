// Task 1 of lesson 09: a draw that a gradient can pass through
//
// The encoder says of each number of the code where it lies, μ, and how sure it is, s = log σ² (so that any number is a
// valid one). The code is a draw from N(μ, σ²). "Draw" has no derivative; but what is random can stand beside the path:
//
//     h = μ + σ ε,     ε ~ N(0, 1)
//
// Write h for mean and log_variance [n, code] and an ε of the same shape that was drawn already. A gradient must reach
// both mean and log_variance: use ops (autograd/ops.h). Mind that s is the logarithm of σ², not of σ.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable drawn_code(const Variable& mean, const Variable& log_variance, const Tensor& epsilon) {
  todo("drawn_code(mean, log_variance, epsilon): a code is to be drawn");
}
