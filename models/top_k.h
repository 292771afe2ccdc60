#pragma once
#include <hourglass/models/autoencoder.h>
#include <hourglass/models/revival.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The k-sparse autoencoder: of each code only the k largest numbers pass, so that sparsity is no price but a rule.
///
///     h = top_k(W₁ x + b₁),   r = W₂ h + b₂,   L(x, r) = ‖x - r‖²
///
/// Makhzani & Frey 2013, "k-sparse autoencoders". Units that never win learn nothing: `revive` restarts them.
struct TopK : nn::Module {
  /// Sizes, how many units may answer, and how long one may be silent.
  struct Options {
    Index input = 784, code = 1024, active = 32;  ///< k
    int patience = 500;                           ///< batches without a win after which a unit counts as dead
  };
  /// Throws unless 1 <= k <= code.
  TopK(const Options& options, Rng& rng);

  /// h, k numbers of which are not 0: [n, code].
  Variable encode(const Variable& x);
  /// r: [n, input].
  Variable decode(const Variable& h) { return decoder(h); }
  /// L(x, r), squared error per image. Counts for each unit how long it has been silent.
  Loss loss(const Tensor& x);
  /// Restarts the units that are dead, by a batch of images; returns how many.
  Index revive(const Tensor& x, Rng& rng);
  /// encoder.weight, encoder.bias, decoder.weight, decoder.bias
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  nn::Networks networks() const override;  ///< `encoder` outputs the k largest alone

  nn::Linear encoder, decoder;
  Index active;
  Revival revival;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
