#pragma once
#include <hourglass/models/gaussian_autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The importance-weighted autoencoder: a variational one whose bound is tightened by k draws of the code, each
/// with its importance weight.
///
///     L(x) = -E log 1/k Σ_i w_i,   w_i = p(x|h_i) p(h_i) / q(h_i|x),   h_i ~ q(h|x)                nats per image
///
/// Burda, Grosse & Salakhutdinov 2016, eq. 8. k = 1 is the VAE; the bound grows with k and never passes log p(x).
struct ImportanceWeighted : GaussianAutoencoder {
  /// Sizes, and how many draws the bound is made of; those of the paper, with one stochastic layer.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {200, 200};
    Index code = 50, draws = 5;  ///< k
    Activation activation = Activation::tanh;
  };
  /// Throws unless k >= 1.
  ImportanceWeighted(const Options& options, Rng& rng);
  /// log w of k draws for each image: [n, k].
  Variable log_weights(const Variable& x, Index k, Rng& rng);
  /// L(x), nats per image; it does not separate into reconstruction and KL.
  Loss loss(const Tensor& x, Rng& rng);

  Index draws;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
