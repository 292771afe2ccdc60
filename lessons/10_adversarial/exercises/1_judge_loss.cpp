// Task 1 of lesson 10: the discriminator's loss
//
// The discriminator outputs a logit z for each image: D = σ(z) is the probability that the image is real. For the
// logits of n real and n generated (`made`) images, each [n, 1], its loss is
//
//     L_D = 1/n Σ -log σ(z_real)  +  1/n Σ -log (1 - σ(z_made))
//
// a single number (rank 0). Where σ is 0 in floating point, its logarithm is -∞: use softplus(z) = log(1 + e^z), since
// -log σ(z) = softplus(-z) and -log(1 - σ(z)) = softplus(z). Use ops, so that gradients reach both.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable discriminator_cost(const Variable& real, const Variable& made) {
  todo("discriminator_cost(real, made): the loss on real and generated images' logits is missing");
}
