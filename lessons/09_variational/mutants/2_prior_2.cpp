// Averages over the latent dimensions, too: the weight of the KL term shrinks with the code.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable nats_from_prior(const Variable& mu, const Variable& log_variance) {
  return Scalar(0.5) * mean(square(mu) + exp(log_variance) - Scalar(1) - log_variance);
}
