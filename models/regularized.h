#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The regularised autoencoder: no noise and no prior; penalties keep the codes' norm and the decoder's weights small,
/// and a mixture of Gaussians fitted to the codes afterwards (`GaussianMixture`) is sampled for new ones.
///
///     L = ‖x - g(f(x))‖² + β ½ ‖h‖² + λ Σ ‖W‖²,   W the decoder's weights
///
/// Ghosh et al. 2020, "From variational to deterministic autoencoders", with the L2 penalty.
struct Regularized : Autoencoder {
  /// Sizes, and the weights of the penalties on long codes and on large weights.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {512, 256};
    Index code = 16;
    Number code_weight = 0.05, weight_penalty = 1e-3;  ///< β, λ
  };
  /// Throws on negative weights.
  Regularized(const Options& options, Rng& rng);
  /// L, squared error per image.
  Loss loss(const Tensor& x);

  Scalar code_weight, weight_penalty;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
