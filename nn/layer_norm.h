#pragma once
#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// (x - m) / √(v + ε) · γ + β over the last axis (Ba, Kiros & Hinton 2016).
class LayerNorm final : public WeightedLayer {
 public:
  /// γ starts at 1, β at 0. Of rows of `size` numbers; ε as PyTorch's.
  explicit LayerNorm(Index size, Number epsilon = 1e-5);
  Variable forward(const Variable& x) override;
  void describe(NetworkSpec& into, const std::string& prefix) const override;

  Scalar epsilon;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
