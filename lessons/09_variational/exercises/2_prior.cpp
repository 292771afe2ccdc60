// Task 2 of lesson 09: the KL term
//
// The second term of the loss is the divergence of q(z|x) = N(μ, diag σ²) from the prior N(0, I), in nats:
//
//     KL(q ‖ p) = ½ Σ_j (μ_j² + σ_j² - 1 - log σ_j²)
//
// summed over the latent dimensions and averaged over the n images: one number (rank 0). mean and log_variance are
// [n, code], s = log σ². Use ops, so that gradients reach both. The result is 0 where q is the prior, and never
// negative.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable nats_from_prior(const Variable& mean, const Variable& log_variance) {
  todo("nats_from_prior(mean, log_variance): the KL term is missing");
}
