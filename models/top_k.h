#pragma once
#include <hourglass/models/autoencoder.h>
#include <hourglass/models/revival.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The k-sparse autoencoder: of each code only the k largest units pass, so that sparsity is a constraint, not a
/// penalty.
///
///     h = top_k(W₁ x + b₁),   r = W₂ h + b₂,   L(x, r) = ‖x - r‖²
///
/// Makhzani & Frey 2013, "k-sparse autoencoders". Units that are never among them get no gradient: `revive`
/// re-initialises them.
struct TopK : nn::Module {
  /// Sizes, the number of active units, and when a unit counts as dead.
  struct Options {
    Index input = 784, code = 1024, active = 32;  ///< k
    int patience = 500;                           ///< batches without activity after which a unit counts as dead
  };
  /// Throws unless 1 <= k <= code.
  TopK(const Options& options, Rng& rng);

  /// h, of which k units are not 0: [n, code].
  Variable encode(const Variable& x);
  /// r: [n, input].
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// L(x, r), squared error per image. Counts for each unit how long it has been inactive.
  Loss loss(const Tensor& x);
  /// Re-initialises the units that are dead, by a batch of images; returns how many.
  Index revive(const Tensor& x, Rng& rng);
  /// encoder.weight, encoder.bias, decoder.weight, decoder.bias
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  nn::Networks networks() const override;  ///< `encoder` outputs the k largest alone

  nn::Linear encoder, decoder;
  Index active;
  Revival revival;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
