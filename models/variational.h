#pragma once
#include "models/autoencoder.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

/// The variational autoencoder: the code is a distribution, and the decoder makes new images from the prior.
///
///     q(h|x) = N(μ(x), σ²(x)),   h = μ + σ ε,  ε ~ N(0, 1),   p(x|h) = Bernoulli(σ(g(h))),   p(h) = N(0, 1)
///     L(x) = -E_q log p(x|h) + β KL(q(h|x) ‖ p(h))                nats per image: the negative ELBO for β = 1
///
/// Kingma & Welling 2014; β: Higgins et al. 2017. The encoder tells s = log σ², so that any number is a valid one.
struct Variational : Autoencoder {
  struct Options {
    Index input = 784, hidden = 400, code = 20;
    Activation activation = Activation::relu;
    Scalar beta = 1;
  };
  /// Throws on a negative β.
  Variational(const Options& options, Rng& rng);

  /// q(h|x): μ and s = log σ², [n, code] each.
  struct Posterior {
    Variable mean, log_variance;
  };
  Posterior posterior(const Variable& x);
  /// h = μ + σ ε, drawn anew.
  Variable sample(const Posterior& q, Rng& rng) const;
  /// The mean of q: what the other autoencoders call the code.
  Variable encode(const Variable& x) { return posterior(x).mean; }
  /// The logits of the image; `decode` gives their sigmoid.
  Variable logits(const Variable& h) { return decoder.forward(h); }
  Variable decode(const Variable& h);
  Loss loss(const Tensor& x, Rng& rng);

  Index code;
  Scalar beta;
};

}  // namespace hourglass::inline HOURGLASS_BUILD::models
