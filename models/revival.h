#pragma once
#include <vector>

#include <hourglass/nn/linear.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// Detects the units of a sparse code that are never active, and re-initialises them: such a dead unit gets no
/// gradient, so it would stay dead.
///
/// A dead unit is set to what the others reconstruct worst: its encoder row and decoder column become the direction of
/// one image's error x - r, drawn with probability ∝ ‖x - r‖². The row has the average norm of the active units' rows,
/// so that it does not dominate them; its bias starts at 0. After the "resampling" of Bricken et al. 2023, "Towards
/// monosemanticity", which takes the direction of the image itself, draws it with probability ∝ the square of its loss,
/// gives the row 0.2 of that norm and resets the optimiser's state.
class Revival {
 public:
  /// A unit is dead when it was 0 for more than `patience` batches on end. Throws unless both are at least 1.
  Revival(Index units, int patience);

  /// Records which units a batch of codes uses. Throws unless it is [n, units].
  void watch(const Tensor& h);
  /// The units that are dead now, in order.
  std::vector<Index> dead() const;
  /// Restarts the dead units of h = φ(W₁ x + b₁), r = W₂ h + b₂ by a batch x and its reconstruction; returns how many:
  /// none where r is x and there is no error to explain.
  Index revive(const nn::Linear& encoder, const nn::Linear& decoder, const Tensor& x, const Tensor& r, Rng& rng);

 private:
  std::vector<int> silent_;  // batches since the unit was last active
  int patience_;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
