#pragma once
#include <hourglass/models/autoencoder.h>
#include <hourglass/nn/corruption.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The denoising autoencoder: its input is corrupted and its target is the clean image, so that copying is no solution.
///
///     L(x, g(f(x~))),   x~ = x + noise                                         (Vincent et al. 2008, 2010)
struct Denoising : Autoencoder {
  /// Sizes, and how the input is corrupted.
  struct Options {
    std::vector<Index> sizes = {784, 256, 32};  ///< from the input to the code, mirrored in the decoder
    nn::Corruption corruption = {nn::Corruption::Kind::clipped_gaussian, 0.5};
    Activation activation = Activation::relu;  ///< of the hidden layers; the code is linear
  };
  /// Throws unless there are an input and a code at least.
  Denoising(const Options& options, Rng& rng);

  /// x~, drawn anew. Throws on an amount that the corruption does not allow.
  Tensor corrupt(const Tensor& x, Rng& rng) const { return corruption(x, rng); }
  /// L(x, g(f(x~))), squared error per image.
  Loss loss(const Tensor& x, Rng& rng);

  nn::Corruption corruption;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
