#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// q(h|x) = N(μ(x), σ²(x)), each [n, code]. The encoder tells s = log σ², so that any number is a valid one.
struct Posterior {
  Variable mean, log_variance;
  /// h = μ + σ ε with ε ~ N(0, 1), drawn anew: the randomness stands beside the path of the gradient.
  Variable sample(Rng& rng) const;
};
/// The encoder's output [n, 2 code]: μ beside log σ². Throws when the last axis cannot be halved.
Posterior split_posterior(const Variable& both);
/// Of a pair that gives μ beside log σ² and logits: the pair that gives μ and the image.
nn::Networks of_posterior(nn::Networks networks, Index code);
/// -log p(x|h) + β KL(q(h|x) ‖ N(0, 1)) for a Bernoulli decoder's logits, in nats per image; both parts are kept.
Loss negative_elbo(const Variable& logits, const Tensor& x, const Posterior& q, Scalar beta);

/// The variational autoencoder: the code is a distribution, and the decoder makes new images from the prior.
///
///     q(h|x) = N(μ(x), σ²(x)),   h = μ + σ ε,  ε ~ N(0, 1),   p(x|h) = Bernoulli(σ(g(h))),   p(h) = N(0, 1)
///     L(x) = -E_q log p(x|h) + β KL(q(h|x) ‖ p(h))                nats per image: the negative ELBO for β = 1
///
/// Kingma & Welling 2014; β: Higgins et al. 2017.
struct Variational : Autoencoder {
  /// Sizes, and the weight of the prior.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {400};  ///< of the encoder; the decoder's are mirrored
    Index code = 20;
    Activation activation = Activation::relu;
    Scalar beta = 1;  ///< β
  };
  /// Throws on a negative β.
  Variational(const Options& options, Rng& rng);

  /// q(h|x) of each image.
  Posterior posterior(const Variable& x) { return split_posterior(encoder.forward(x)); }
  /// The mean of q: what the other autoencoders call the code.
  Variable encode(const Variable& x) { return posterior(x).mean; }
  /// The logits of the image; `decode` gives their sigmoid.
  Variable logits(const Variable& h) { return decoder.forward(h); }
  /// The probability of each pixel: [n, input].
  Variable decode(const Variable& h);
  /// L(x) by one draw of the code; nats per image.
  Loss loss(const Tensor& x, Rng& rng);
  /// The encoder gives the mean alone, the decoder what `decode` gives.
  nn::Networks networks() const;

  Index code;
  Scalar beta;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
