// Task 1 of lesson 09: the reparameterisation trick
//
// For each latent dimension the encoder outputs the mean μ and s = log σ² (any real number is valid for a logarithm).
// The code is a draw from N(μ, σ²). Drawing has no derivative, but the noise can be drawn separately:
//
//     z = μ + σ ε,     ε ~ N(0, 1)
//
// Return z for mean and log_variance [n, code] and an ε of the same shape that is drawn already. Gradients must reach
// both mean and log_variance: use ops (autograd/ops.h). Note that s is the logarithm of σ², not of σ.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable drawn_code(const Variable& mean, const Variable& log_variance, const Tensor& epsilon) {
  todo("drawn_code(mean, log_variance, epsilon): the draw from N(mean, exp(log_variance)) is missing");
}
