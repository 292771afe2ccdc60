#pragma once
#include <vector>

#include <hourglass/nn/linear.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// Watches which units of a sparse code still answer, and gives a new start to those that have fallen silent: a silent
/// unit gets no gradient, so it would stay silent for ever.
///
/// A dead unit is pointed at what the others explain worst: its encoder row and decoder column become the direction of
/// one image's error x - r, drawn with probability ∝ ‖x - r‖². The row is as long as the average living one's, or it
/// would outshout the others; its bias starts at 0. (As the "resampling" of Bricken et al. 2023, "Towards
/// monosemanticity".)
class Revival {
 public:
  /// A unit is dead when it was 0 for more than `patience` batches on end. Throws unless both are at least 1.
  Revival(Index units, int patience);

  /// Looks at a batch of codes. Throws unless it is [n, units].
  void watch(const Tensor& h);
  /// The units that are dead now, in order.
  std::vector<Index> dead() const;
  /// Restarts the dead units of h = φ(W₁ x + b₁), r = W₂ h + b₂ by a batch x and its reconstruction; returns how many:
  /// none where r is x, and nothing is left to point them at.
  Index revive(const nn::Linear& encoder, const nn::Linear& decoder, const Tensor& x, const Tensor& r, Rng& rng);

 private:
  std::vector<int> silent_;  // batches since the unit last answered
  int patience_;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
