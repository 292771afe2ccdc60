#pragma once
#include "nn/linear.h"
#include "nn/loss.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

/// The undercomplete autoencoder: the code is smaller than the input, and that alone keeps it from copying.
///
///     h = f(x) = W₂ relu(W₁ x + b₁) + b₂,   r = g(h) = σ(W₄ relu(W₃ h + b₃) + b₄),   L(x, r) = ‖x - r‖²
///
/// Rumelhart, Hinton & Williams 1986; Goodfellow, Bengio & Courville 2016, §14.1.
struct Undercomplete {
  struct Sizes {
    Index input = 784, hidden = 128, code = 32;
  };
  /// Throws unless every size is at least 1 and the code is smaller than the input.
  Undercomplete(const Sizes& sizes, Rng& rng);

  /// h = f(x):  [n, input] to [n, code]
  Variable encode(const Variable& x) { return encoder.forward(x); }
  /// r = g(h):  [n, code] to [n, input], each number in (0, 1)
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// L(x, g(f(x))), squared error per image.
  Loss loss(const Tensor& x) { return nn::squared_error(decode(encode(x)), x); }

  /// encoder.0.weight [hidden, input], encoder.0.bias, encoder.2.…, decoder.0.…, decoder.2.…
  nn::Parameters parameters() const;

  nn::Sequential encoder, decoder;
};

}  // namespace hourglass::inline HOURGLASS_BUILD::models
