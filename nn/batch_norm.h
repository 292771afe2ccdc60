#pragma once
#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// (x - m) / √(v + ε) · γ + β for each channel (axis 1): the batch's mean and variance in training, running averages of
/// them in evaluation mode (Ioffe & Szegedy 2015). The running variance averages the unbiased one, as PyTorch's does.
class BatchNorm final : public WeightedLayer {
 public:
  /// γ starts at 1, β at 0. `momentum`: the weight of the newest batch in the running averages; ε and it as PyTorch's.
  explicit BatchNorm(Index channels, Number epsilon = 1e-5, Number momentum = 0.1);
  /// Throws in training when a channel holds a single number: its variance is not defined.
  Variable forward(const Variable& x) override;
  /// weight, bias, running_mean, running_var, num_batches_tracked
  Members members() override;
  void describe(NetworkSpec& into, const std::string& prefix) const override;

  Tensor running_mean, running_var, batches;  // batches [1]: how many were averaged
  Scalar epsilon;

 private:
  Scalar momentum_;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
