#pragma once
#include <hourglass/nn/module.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// What a network is made of: a module with one input and one output.
class Layer : public Module {
 public:
  /// The output for a batch x [n, …], its rows in the order of x. Throws, naming the op, when the shape does not fit.
  virtual Variable forward(const Variable& x) = 0;
  /// The same as a call: `encoder(x)`.
  Variable operator()(const Variable& x) { return forward(x); }
  /// Adds what the layer computes in evaluation mode; `prefix` stands before its parameters' names. Throws, naming the
  /// layer, where it is a function in C++.
  virtual void describe(NetworkSpec& into, const std::string& prefix) const;
  /// What `describe` adds.
  NetworkSpec spec(const std::string& prefix) const;
  /// How many modules of PyTorch's it stands for: a Linear with an activation counts as two.
  virtual int modules() const { return 1; }
};

/// A layer with a weight and a bias, under PyTorch's names.
class WeightedLayer : public Layer {
 public:
  Members members() override { return {{"weight", weight}, {"bias", bias}}; }

  Variable weight, bias;
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
