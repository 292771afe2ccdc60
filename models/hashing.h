#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The hashing autoencoder: the code is a string of bits, so that similar images can be looked up by Hamming distance.
///
///     h = round(σ(f(x) + noise)) in {0, 1},   r = g(h),   L(x, r) = ‖x - r‖²
///
/// Salakhutdinov & Hinton 2009, "Semantic hashing": noise before the sigmoid pushes its output to 0 or 1. Rounding is
/// straight-through: its gradient is the identity (Bengio, Léonard & Courville 2013).
struct Hashing : nn::Module {
  /// Sizes, and the noise that makes a code of bits.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {512, 256};
    Index bits = 64;
    Number noise = 1;  ///< its standard deviation, in training
  };
  /// Throws on a negative deviation.
  Hashing(const Options& options, Rng& rng);

  /// The bits, as 0 and 1: [n, bits].
  Variable encode(const Variable& x);
  /// r = g(h): [n, input].
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// L(x, g(h)) with the noise drawn anew, squared error per image.
  Loss loss(const Tensor& x, Rng& rng);
  /// encoder.0.weight, …, decoder.0.weight, …
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  nn::Networks networks() const override;  ///< `encoder` outputs the bits

  nn::Sequential encoder, decoder;
  Scalar noise;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
