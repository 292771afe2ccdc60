#pragma once
#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The overcomplete autoencoder: the code is at least as large as the input, so that nothing keeps it from copying.
///
///     h = relu(W₁ x + b₁),   r = W₂ h + b₂,   L(x, r) = ‖x - r‖²           (Goodfellow et al. 2016, §14.2)
///
/// Its output is linear, so it can be the identity: relu(x) - relu(-x) = x.
struct Overcomplete : Autoencoder {
  /// In numbers of units.
  struct Sizes {
    Index input = 784, code = 1024;
  };
  /// Throws unless the code is at least as large as the input.
  Overcomplete(const Sizes& sizes, Rng& rng);
  /// L(x, g(f(x))), squared error per image.
  Loss loss(const Tensor& x) { return nn::squared_error(decode(encode(x)), x); }
};

}  // namespace hourglass::HOURGLASS_BUILD::models
