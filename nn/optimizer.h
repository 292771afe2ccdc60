#pragma once
#include <string>
#include <vector>

#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// Updates parameters from their gradients. `step` uses what `backward` has collected since `zero_grad`; a parameter
/// without a gradient stays as it is. What depends on the number t of the step (Adam's bias corrections, the first
/// value of SGD's momentum) counts the steps of each parameter by itself, as PyTorch does. An optimiser belongs to one
/// thread.
class Optimizer {
 public:
  /// Takes those of `parameters` that are trained. Throws when there is none, and when one is listed twice: it would be
  /// updated twice in a step.
  Optimizer(const Parameters& parameters, Number learning_rate);
  virtual ~Optimizer() = default;

  /// Forgets all gradients, before the next `backward`.
  void zero_grad();
  /// Updates each parameter that has a gradient.
  virtual void step() = 0;

  /// η, which a schedule may change from step to step.
  Scalar learning_rate() const { return learning_rate_; }
  /// Throws unless it is a finite number of at least 0.
  void set_learning_rate(Number rate);

  /// What a resumed run must get back beside the weights, each under a name: shared tensors, to read or to fill. Among
  /// them "adam.step." (or "sgd.step.", …) + the parameter's name: how often that parameter was updated.
  virtual Parameters state() const = 0;
  /// How many steps were taken: the largest count of a parameter.
  long steps() const;

 protected:
  /// A tensor of zeros for each parameter; empty ones unless `wanted`.
  std::vector<Tensor> zeros(bool wanted = true) const;
  /// Calls move(value, gradient, i, t) for each parameter that has a gradient; t: how often it is updated with this
  /// step, from 1.
  template <class Move>
  void each(const Move& move) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const Variable& p = parameters_[i].variable;
      if (p.grad().empty()) continue;
      Tensor value = p.value();
      const Scalar t = steps_[i].item() + 1;
      move(value, p.grad(), i, t);
      steps_[i].fill_(t);
    }
  }
  /// Adds the tensors to a state, each under `prefix` and its parameter's name.
  void name(Parameters& state, const std::string& prefix, const std::vector<Tensor>& tensors) const;

  Parameters parameters_;
  Scalar learning_rate_;
  std::vector<Tensor> steps_;  // rank 0, one for each parameter
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
