// Task 2 of lesson 09: what the code's place costs
//
// The second part of the loss says how far q(h|x) = N(μ, σ²) is from the prior N(0, 1), in nats:
//
//     KL(q ‖ p) = ½ Σ_j (μ_j² + σ_j² - 1 - log σ_j²)
//
// summed over the numbers of a code, and averaged over the n images: one number (rank 0). mean and log_variance are
// [n, code], s = log σ². Use ops, so that gradients reach both. It must be 0 where q is the prior, and never below.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable nats_from_prior(const Variable& mean, const Variable& log_variance) {
  todo("nats_from_prior(mean, log_variance): the distance from the prior is to be computed");
}
