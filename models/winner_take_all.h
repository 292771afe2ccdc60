#pragma once
#include <hourglass/models/autoencoder.h>
#include <hourglass/models/revival.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The winner-take-all autoencoder: in training, each unit is active only for the share of a batch that activates
/// it most, so that every unit is used, and rarely. In evaluation the code is the encoder's output.
///
///     h = relu(W₁ x + b₁),   h~ = the ρ n largest of each column of h [n, code],   r = W₂ h~ + b₂,   L = ‖x - r‖²
///
/// Makhzani & Frey 2015, "Winner-take-all autoencoders", §2 (lifetime sparsity).
struct WinnerTakeAll : nn::Module {
  /// Sizes, how rarely a unit may be active, and when it counts as dead.
  struct Options {
    Index input = 784, code = 2000;
    Number share = 0.05;          ///< ρ
    int patience = 100;           ///< batches without activity after which a unit counts as dead
  };
  /// Throws unless 0 < ρ <= 1.
  WinnerTakeAll(const Options& options, Rng& rng);

  /// h of the whole batch, every unit as active as the encoder makes it: [n, code].
  Variable encode(const Variable& x) { return encoder.forward(x); }
  /// h~: the winners of each unit among the images of the batch, at least one.
  Variable winners(const Variable& h) const;
  /// r: [n, input].
  Variable decode(const Variable& h) { return decoder.forward(h); }
  /// L, squared error per image. Counts for each unit how long it has been inactive.
  Loss loss(const Tensor& x);
  /// Re-initialises the units that are dead, by a batch of images; returns how many.
  Index revive(const Tensor& x, Rng& rng);
  /// encoder.weight, encoder.bias, decoder.weight, decoder.bias
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }

  nn::Linear encoder, decoder;
  Scalar share;
  Revival revival;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
