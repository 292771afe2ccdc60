#pragma once
#include "nn/linear.h"
#include "nn/loss.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

/// The two halves that every autoencoder has. A variant is told by its loss and by what its encoder sees.
struct Autoencoder {
  /// h = f(x):  [n, input] to [n, code]
  Variable encode(const Variable& x) { return encoder.forward(x); }
  /// r = g(h):  [n, code] to [n, input]
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// encoder.0.weight, encoder.0.bias, …, decoder.0.weight, …, as PyTorch names them.
  nn::Parameters parameters() const;

  nn::Sequential encoder, decoder;
};

}  // namespace hourglass::inline HOURGLASS_BUILD::models
