#pragma once
#include <vector>

#include <hourglass/nn/initialize.h>
#include <hourglass/nn/sequential.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// y = φ(x Wᵀ + b), with x [n, in] (or [..., in]: each row is one), W [out, in], b [out]. With the default initialiser
/// weights and biases start as PyTorch's, uniform in ±1/√in; with another one biases start at 0.
class Linear final : public WeightedLayer {
 public:
  /// Throws unless both sizes are at least 1.
  Linear(Index in, Index out, Activation activation, Rng& rng, Init init = Init::uniform_fan_in);

  Variable forward(const Variable& x) override;
  void describe(NetworkSpec& into, const std::string& prefix) const override;
  int modules() const override { return activation == Activation::none ? 1 : 2; }

  Activation activation;
};

/// Linear layers of these sizes: `inner` between them, `last` after the last one. Throws on fewer than two sizes.
/// `mlp({784, 128, 32}, Activation::relu, Activation::none, rng)` has the parameters 0.weight,
/// 0.bias, 2.weight, 2.bias.
Sequential mlp(const std::vector<Index>& sizes, Activation inner, Activation last, Rng& rng,
               Init init = Init::uniform_fan_in);

}  // namespace hourglass::HOURGLASS_BUILD::nn
