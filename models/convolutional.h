#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The convolutional autoencoder: each layer halves the image and has more channels, down to a linear code; the decoder
/// is its mirror, by transposed convolutions.
///
///     1 × 28 × 28  →  16 × 14 × 14  →  32 × 7 × 7  →  h [32]  →  32 × 7 × 7  →  16 × 14 × 14  →  r [1 × 28 × 28]
///     L(x, r) = ‖x - r‖²
///
/// Masci et al. 2011, "Stacked convolutional auto-encoders"; strides instead of pooling: Springenberg et al. 2015.
struct Convolutional : Autoencoder {
  /// Sizes; kernels are 3 × 3.
  struct Options {
    Index side = 28;  ///< of the square grey images, which come as rows [n, side · side]
    std::vector<Index> channels = {16, 32};
    Index code = 32;
  };
  /// Throws unless there is a layer, and every layer has something left to halve.
  Convolutional(const Options& options, Rng& rng);
  /// L(x, g(f(x))), squared error per image.
  Loss loss(const Tensor& x) { return nn::squared_error(decode(encode(x)), x); }
};

}  // namespace hourglass::HOURGLASS_BUILD::models
