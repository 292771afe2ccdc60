#include "models/variational.h"

#include "autograd/ops.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

Variational::Variational(const Options& o, Rng& rng) : code(o.code), beta(o.beta) {
  require(o.beta >= 0, "Variational: beta is ", o.beta, ", it cannot be negative");
  encoder = nn::mlp({o.input, o.hidden, 2 * o.code}, o.activation, Activation::none, rng);  // μ beside log σ²
  decoder = nn::mlp({o.code, o.hidden, o.input}, o.activation, Activation::none, rng);
}

Variational::Posterior Variational::posterior(const Variable& x) {
  const Variable both = encoder.forward(x);  // [n, 2 code]
  return {slice(both, 1, 0, code), slice(both, 1, code, code)};
}

Variable Variational::sample(const Posterior& q, Rng& rng) const {
  const Variable epsilon = rng.normal(q.mean.shape());
  return q.mean + exp(Scalar(0.5) * q.log_variance) * epsilon;  // σ = e^(s/2)
}

Variable Variational::decode(const Variable& h) { return sigmoid(logits(h)); }

Loss Variational::loss(const Tensor& x, Rng& rng) {
  const Posterior q = posterior(x);
  const Loss reconstruction = nn::cross_entropy(logits(sample(q, rng)), x);
  const Variable kl = gaussian_kl(q.mean, q.log_variance) / static_cast<Scalar>(x.size(0));
  Loss loss = nn::with_penalty(reconstruction, beta * kl);
  loss.beta = beta;
  return loss;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::models
