#pragma once
#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The undercomplete autoencoder: the code is smaller than the input, which alone keeps it from copying.
///
///     h = f(x) = W₂ relu(W₁ x + b₁) + b₂,   r = g(h) = σ(W₄ relu(W₃ h + b₃) + b₄),   L(x, r) = ‖x - r‖²
///
/// Rumelhart, Hinton & Williams 1986; Goodfellow, Bengio & Courville 2016, §14.1.
struct Undercomplete : Autoencoder {
  /// In numbers of units.
  struct Sizes {
    Index input = 784, hidden = 128, code = 32;
  };
  /// Throws unless every size is at least 1 and the code is smaller than the input.
  Undercomplete(const Sizes& sizes, Rng& rng);

  /// L(x, g(f(x))), squared error per image. There is no penalty.
  Loss loss(const Tensor& x) { return nn::squared_error(decode(encode(x)), x); }
};

}  // namespace hourglass::HOURGLASS_BUILD::models
