#pragma once
#include <type_traits>

#include <hourglass/nn/optimizer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// Replaces the former `weight_decay` of AdamOptions, which was AdamW's, while in PyTorch's Adam the name means L2.
struct WeightDecayOfAdam {
  WeightDecayOfAdam() = default;
  /// Does not compile.
  template <class T>
  WeightDecayOfAdam(T) {
    static_assert(std::is_void_v<T>,
                  "Adam has no weight_decay: AdamW{.weight_decay} decays the weights, Adam{.l2} adds to the gradient");
  }
};

/// The settings of Adam; the defaults are the paper's.
struct AdamOptions {
  Number learning_rate = 1e-3;
  Number beta1 = 0.9, beta2 = 0.999;
  Number epsilon = 1e-8;
  Number l2 = 0;                        ///< l2 · p is added to the gradient: PyTorch's Adam(weight_decay)
  WeightDecayOfAdam weight_decay = {};  ///< does not compile: one of AdamW's and `l2` is meant
};

/// Adam (Kingma & Ba 2015, algorithm 1):
///
///     m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²,   p ← p - η (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
class Adam : public Optimizer {
 public:
  /// Throws on a negative rate, a β outside [0, 1), an ε that is not positive.
  explicit Adam(const Parameters& parameters, const AdamOptions& options = {});
  void step() override;

 protected:
  Scalar weight_decay_ = 0;  // AdamW's

 private:
  AdamOptions options_;
};

/// The settings of AdamW; the defaults are PyTorch's.
struct AdamWOptions {
  Number learning_rate = 1e-3;
  Number beta1 = 0.9, beta2 = 0.999;
  Number epsilon = 1e-8;
  Number weight_decay = 1e-2;  ///< p ← p - η · weight_decay · p before each step, beside the gradient
};

/// Adam with weight decay decoupled from the gradient (Loshchilov & Hutter 2019, algorithm 2).
struct AdamW final : Adam {
  /// Throws as Adam does, and on a negative weight decay.
  explicit AdamW(const Parameters& parameters, const AdamWOptions& options = {});
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
