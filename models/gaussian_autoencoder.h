#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// q(h|x) = N(μ(x), σ²(x)), each [n, code]. The encoder outputs s = log σ², so that any number is a valid one.
struct Posterior {
  Variable mean, log_variance;
  /// h = μ + σ ε with ε ~ N(0, I) drawn anew: the reparameterisation trick, by which the gradient passes to μ and σ.
  Variable sample(Rng& rng) const;
};
/// The encoder's output [n, 2 code]: μ beside log σ². Throws when the last axis cannot be halved.
Posterior split_posterior(const Variable& both);
/// Of two networks that output μ beside log σ², and logits: the two that output μ, and the image.
nn::Networks of_posterior(nn::Networks networks, Index code);
/// -log p(x|h) + β KL(q(h|x) ‖ N(0, I)) for a Bernoulli decoder's logits, in nats per image; both parts are kept.
Loss negative_elbo(const Variable& logits, const Tensor& x, const Posterior& q, Number beta);

/// An autoencoder whose encoder outputs a Gaussian q(h|x), and whose decoder outputs the logits of a Bernoulli
/// p(x|h): the two networks of the variational autoencoder and of its relatives, which differ in their loss.
struct GaussianAutoencoder : nn::Module {
  /// Sizes.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {400};  ///< of the encoder; the decoder's are mirrored
    Index code = 20;
    Activation activation = Activation::relu;
  };
  /// Weights start as those of `nn::mlp`.
  GaussianAutoencoder(const Options& options, Rng& rng);

  /// q(h|x) of each image.
  Posterior posterior(const Variable& x) { return split_posterior(encoder.forward(x)); }
  /// The mean of q: the code, where one vector is needed.
  Variable encode(const Variable& x) { return posterior(x).mean; }
  /// The logits of the image; `decode` gives their sigmoid.
  Variable logits(const Variable& h) { return decoder.forward(h); }
  /// The probability of each pixel: [n, input].
  Variable decode(const Variable& h);
  /// encoder.0.weight, …, decoder.0.weight, …
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  /// `encoder` outputs the mean alone, `decoder` what `decode` gives.
  nn::Networks networks() const override { return of_posterior(Module::networks(), code); }

  nn::Sequential encoder, decoder;
  Index code;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
