#pragma once
#include <vector>

#include <hourglass/models/gaussian_autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The variational autoencoder: the code is a distribution, and the decoder generates new images from the prior.
///
///     q(h|x) = N(μ(x), σ²(x)),   h = μ + σ ε,  ε ~ N(0, I),   p(x|h) = Bernoulli(σ(g(h))),   p(h) = N(0, I)
///     L(x) = -E_q log p(x|h) + β KL(q(h|x) ‖ p(h))                nats per image: the negative ELBO for β = 1
///
/// Kingma & Welling 2014; β: Higgins et al. 2017.
struct Variational : GaussianAutoencoder {
  /// Sizes, and the weight of the prior.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {400};  ///< of the encoder; the decoder's are mirrored
    Index code = 20;
    Activation activation = Activation::relu;
    Number beta = 1;  ///< β
  };
  /// Throws on a negative β.
  Variational(const Options& options, Rng& rng);

  /// L(x) by one draw of the code; nats per image.
  Loss loss(const Tensor& x, Rng& rng);

  Scalar beta;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
