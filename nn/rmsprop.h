#pragma once
#include <hourglass/nn/optimizer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// The settings of RMSprop; names and defaults are PyTorch's.
struct RMSpropOptions {
  Number learning_rate = 1e-2;
  Number alpha = 0.99, epsilon = 1e-8;
  Number momentum = 0;      ///< of the quotient: u ← momentum u + g / (√v + ε)
  Number weight_decay = 0;  ///< L2: weight_decay · p is added to the gradient
};

/// RMSProp (Tieleman & Hinton 2012):  v ← α v + (1 - α) g²,   p ← p - η g / (√v + ε).
class RMSprop final : public Optimizer {
 public:
  /// Throws unless 0 <= α < 1, ε > 0 and the momentum is at least 0.
  explicit RMSprop(const Parameters& parameters, const RMSpropOptions& options = {});
  void step() override;

 private:
  RMSpropOptions options_;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
