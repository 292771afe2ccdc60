#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hourglass/autograd/variable.h>
#include <hourglass/nn/note.h>

/// Layers, losses and optimisers.
namespace hourglass::HOURGLASS_BUILD::nn {

/// A tensor of a model under its name in PyTorch's `state_dict`: `encoder.0.weight`. One that requires a gradient is
/// trained; one that does not (a running mean) is kept with the weights all the same.
struct Parameter {
  std::string name;
  Variable variable;
};
using Parameters = std::vector<Parameter>;

/// The name of the first one that holds a NaN or an infinity: where a diverging training shows; empty when there is
/// none.
std::string first_not_finite(const Parameters& parameters);

/// Throws, naming `who` and the parameter's names, when one parameter is listed twice: each would count double.
void require_distinct(const Parameters& parameters, std::string_view who);

/// What a network is stacked from.
class Layer {
 public:
  virtual ~Layer() = default;
  /// The output for a batch x [n, …], its rows in the order of x. Throws, naming the op, when the shape does not fit.
  virtual Variable forward(const Variable& x) = 0;
  /// Adds the layer's parameters, each named `prefix` + its own name.
  virtual void collect(Parameters& into, const std::string& prefix) const {
    static_cast<void>(into), static_cast<void>(prefix);
  }
  /// Adds what the layer does in use, `prefix` standing before its parameters' names. Throws, naming the place, where
  /// that cannot be written down: a function in C++.
  virtual void describe(Notes& into, const std::string& prefix) const;
  /// How many modules it stands for in PyTorch: a Linear with an activation counts as two.
  virtual int places() const { return 1; }
  /// Training or evaluation, where the layer does not do the same in both.
  virtual void train(bool training) { static_cast<void>(training); }
};

/// A layer with a weight and a bias, under PyTorch's names.
class WeightedLayer : public Layer {
 public:
  void collect(Parameters& into, const std::string& prefix) const override;

  Variable weight, bias;
};

/// Layers one behind the other: y = lₙ(… l₂(l₁(x))).
class Sequential final : public Layer {
 public:
  Sequential() = default;
  /// Puts a layer behind the others; returns this, for the next one.
  template <class L>
  Sequential& add(L layer) {
    layers_.push_back(std::make_unique<L>(std::move(layer)));
    return *this;
  }
  Variable forward(const Variable& x) override;
  void collect(Parameters& into, const std::string& prefix) const override;
  void describe(Notes& into, const std::string& prefix) const override;
  void train(bool training) override;
  /// The layers in order, the first one first.
  const std::vector<std::unique_ptr<Layer>>& layers() const { return layers_; }

 private:
  std::vector<std::unique_ptr<Layer>> layers_;
};

/// What `layer` does, as `describe` tells it.
Notes notes(const Layer& layer, const std::string& prefix);

}  // namespace hourglass::HOURGLASS_BUILD::nn
