#pragma once
#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The linear autoencoder:  h = W₁ x + b₁,   r = W₂ h + b₂,   L(x, r) = ‖x - r‖² + λ (‖W₁‖² + ‖W₂‖²)
///
/// At its minimum W₂ spans the space of the first principal components (Baldi & Hornik 1989); with λ > 0 its
/// singular vectors are the principal axes themselves, of the components whose variance is above λ (Kunin et al. 2019).
struct LinearAutoencoder : Autoencoder {
  /// Sizes, and the weight decay.
  struct Options {
    Index input = 784, code = 32;
    Number weight_penalty = 0;  ///< λ
  };
  /// Throws on a size below 1.
  LinearAutoencoder(const Options& options, Rng& rng);
  /// L(x, r), squared error per image.
  Loss loss(const Tensor& x);

  Scalar weight_penalty;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
