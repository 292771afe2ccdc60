#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The Wasserstein autoencoder: the codes of a batch together, not each alone, are to be distributed as the prior.
///
///     L = ‖x - g(f(x))‖² + λ MMD²(f(x), z),   z ~ N(0, I)
///     MMD²(a, b) = mean_{i≠j} k(a_i, a_j) + mean_{i≠j} k(b_i, b_j) - 2 mean_{i,j} k(a_i, b_j)
///     k(a, b) = Σ_s s C / (s C + ‖a - b‖²),   C = 2 · code,   s = 0.1, 0.2, 0.5, 1, 2, 5, 10
///
/// Tolstikhin et al. 2018, algorithm 2 (WAE-MMD). The estimate is unbiased, so it can be negative.
struct WassersteinAutoencoder : Autoencoder {
  /// Sizes, and the weight of the penalty on the codes' distribution.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {512, 256};
    Index code = 8;
    Number weight = 10;  ///< λ
  };
  /// Throws on a negative λ.
  WassersteinAutoencoder(const Options& options, Rng& rng);
  /// L, squared error per image, with z drawn anew. Throws on a batch of one image.
  Loss loss(const Tensor& x, Rng& rng);

  Index code;
  Scalar weight;
};

/// MMD² of two samples a [n, d] and b [m, d]. Throws unless each has two rows at least, of the same length.
Variable squared_mmd(const Variable& a, const Variable& b);

}  // namespace hourglass::HOURGLASS_BUILD::models
