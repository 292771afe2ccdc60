#pragma once
#include <hourglass/nn/optimizer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// The settings of SGD; the names are PyTorch's.
struct SGDOptions {
  Number learning_rate = 1e-2;
  Number momentum = 0, dampening = 0;  ///< u ← momentum u + (1 - dampening) g
  Number weight_decay = 0;             ///< L2: weight_decay · p is added to the gradient
  bool nesterov = false;               ///< Nesterov's momentum (Sutskever et al. 2013, §2), in PyTorch's form
};

/// Stochastic gradient descent (Robbins & Monro 1951; momentum: Polyak 1964):  u ← μ u + g,   p ← p - η u.
class SGD final : public Optimizer {
 public:
  /// Throws on negative numbers, and on Nesterov without momentum or with dampening.
  explicit SGD(const Parameters& parameters, const SGDOptions& options = {});
  void step() override;
  /// Sets μ, which a schedule may change from step to step. Throws unless it is above 0 and the optimiser began with
  /// momentum: without, it keeps no u.
  void set_momentum(Number momentum);

 private:
  SGDOptions options_;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
