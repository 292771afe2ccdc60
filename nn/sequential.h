#pragma once
#include <memory>
#include <utility>
#include <vector>

#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// Layers one behind the other: y = lₙ(… l₂(l₁(x))).
class Sequential final : public Layer {
 public:
  Sequential() = default;
  /// These layers: `Sequential(Linear(784, 32, Activation::relu, rng), Linear(32, 784, Activation::none, rng))`.
  template <class... Layers>
  explicit Sequential(Layers... layers) {
    (add(std::move(layers)), ...);
  }
  /// Puts a layer behind the others; returns this, for the next one.
  template <class L>
  Sequential& add(L layer) {
    layers_.push_back(std::make_unique<L>(std::move(layer)));
    return *this;
  }
  Variable forward(const Variable& x) override;
  Members members() override;
  void describe(NetworkSpec& into, const std::string& prefix) const override;
  /// The layers in order, the first one first.
  const std::vector<std::unique_ptr<Layer>>& layers() const { return layers_; }

 private:
  std::vector<std::unique_ptr<Layer>> layers_;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
