#pragma once
#include <initializer_list>

#include "nn/layer.h"
#include "tensor/product.h"
#include "tensor/random.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

/// y = φ(x Wᵀ + b), with x [n, in], W [out, in], b [out]. Weights and biases start uniform in ±1/√in, as PyTorch's.
class Linear final : public Layer {
 public:
  /// Throws unless both sizes are at least 1.
  Linear(Index in, Index out, Activation activation, Rng& rng);

  Variable forward(const Variable& x) override;
  void collect(Parameters& into, const std::string& prefix) const override;
  int places() const override { return activation == Activation::none ? 1 : 2; }

  Variable weight, bias;
  Activation activation;
};

/// Linear layers of these sizes: `inner` between them, `last` after the last one.
/// `mlp({784, 128, 32}, Activation::relu, Activation::none, rng)` has the parameters 0.weight,
/// 0.bias, 2.weight, 2.bias.
Sequential mlp(std::initializer_list<Index> sizes, Activation inner, Activation last, Rng& rng);

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
