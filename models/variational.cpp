#include <hourglass/models/variational.h>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Variational::Variational(const Options& o, Rng& rng)
    : GaussianAutoencoder({o.input, o.hidden, o.code, o.activation}, rng), beta(o.beta) {
  require(beta >= 0, "Variational: beta is ", beta, ", it cannot be negative");
}

Loss Variational::loss(const Tensor& x, Rng& rng) {
  // hole variational: the negative ELBO of one sample
  const Posterior q = posterior(x);
  return negative_elbo(logits(q.sample(rng)), x, q, beta);
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD::models
