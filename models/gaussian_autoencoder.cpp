#include <hourglass/models/gaussian_autoencoder.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Variable Posterior::sample(Rng& rng) const {
  // hole sample: h = μ + σ ε, the reparameterisation trick
  const Variable epsilon = rng.normal(mean.shape());
  return mean + exp(0.5 * log_variance) * epsilon;  // σ = e^(s/2)
  // end of hole
}

Posterior split_posterior(const Variable& both) {
  const Index size = both.size(1);
  require(size % 2 == 0, "posterior: ", both.shape(), " has no two halves of the same size");
  // hole posterior: the first half of the columns is μ, the second log σ²
  return {narrow(both, 1, 0, size / 2), narrow(both, 1, size / 2, size / 2)};
  // end of hole
}

nn::Networks of_posterior(nn::Networks networks, Index code) {
  networks.at("encoder").push_back({"first", "", Activation::none, {{"count", static_cast<double>(code)}}});
  networks.at("decoder").push_back({"activation", "", Activation::sigmoid});
  return networks;
}

Loss negative_elbo(const Variable& logits, const Tensor& x, const Posterior& q, Number beta) {
  // hole elbo: -log p(x|h) + β KL, per image
  const Variable kl = gaussian_kl(q.mean, q.log_variance) / x.size(0);
  Loss loss = nn::with_penalty(nn::binary_cross_entropy_with_logits(logits, x), beta * kl);
  loss.beta = beta;
  return loss;
  // end of hole
}

GaussianAutoencoder::GaussianAutoencoder(const Options& o, Rng& rng)
    : encoder(nn::mlp(stack(o.input, o.hidden, 2 * o.code), o.activation, Activation::none, rng)),  // μ beside log σ²
      decoder(nn::mlp(stack(o.code, mirrored(o.hidden), o.input), o.activation, Activation::none, rng)),
      code(o.code) {}

Variable GaussianAutoencoder::decode(const Variable& h) {
  // hole decode: the probability of each pixel
  return sigmoid(logits(h));
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD::models
