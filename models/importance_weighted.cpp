#include <hourglass/models/importance_weighted.h>

#include <cmath>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

ImportanceWeighted::ImportanceWeighted(const Options& o, Rng& rng)
    : GaussianAutoencoder({o.input, o.hidden, o.code, o.activation}, rng), draws(o.draws) {
  require(o.draws >= 1, "ImportanceWeighted: ", o.draws, " draws, at least 1 is needed");
}

Variable ImportanceWeighted::log_weights(const Variable& x, Index k, Rng& rng) {
  const Posterior q = posterior(x);
  const Index n = x.size(0), c = code;
  const auto each = [&](const Variable& v) { return reshape(v, {n, 1, c}); };
  const Variable epsilon = rng.normal({n, k, c});
  const Variable h = each(q.mean) + exp(0.5 * each(q.log_variance)) * epsilon;          // [n, k, c]
  const Variable z = reshape(logits(reshape(h, {n * k, c})), {n, k, x.size(1)});        // [n, k, input]
  // log p(x|h) = Σ x z - softplus(z);   log p(h) - log q(h|x) = Σ ½ (ε² + s - h²): the factors of 2π cancel
  const Variable likelihood = sum(z * reshape(x, {n, 1, x.size(1)}) - softplus(z), 2);
  return likelihood + 0.5 * sum(square(epsilon) + each(q.log_variance) - square(h), 2);
}

Loss ImportanceWeighted::loss(const Tensor& x, Rng& rng) {
  const Variable bound = logsumexp(log_weights(x, draws, rng), 1) - std::log(static_cast<Scalar>(draws));  // [n]
  Loss loss{-mean(bound), Unit::nats_per_image};
  loss.beta = 1;
  return loss;
}

}  // namespace hourglass::HOURGLASS_BUILD::models
