#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include <hourglass/nn/layer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// Updates parameters from their gradients. `step` uses the gradients accumulated since `zero_grad`; a parameter
/// without a gradient stays as it is. What depends on the number t of the step (Adam's bias corrections, the first
/// value of SGD's momentum) counts the steps of each parameter by itself, as PyTorch does. An optimiser belongs to one
/// thread.
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// Clears all gradients, before the next `backward`.
  void zero_grad();
  /// Updates each parameter that has a gradient.
  virtual void step() = 0;

  /// η, which a schedule may change from step to step.
  Scalar learning_rate() const { return learning_rate_; }
  /// Throws unless it is a finite number of at least 0.
  void set_learning_rate(Number rate);

  /// What a resumed run must get back beside the weights, each under a name: shared tensors, to read or to fill. Among
  /// them "adam.step." (or "sgd.step.", …) + the parameter's name: how often that parameter was updated.
  Parameters state() const;
  /// How many steps were taken: the largest count of a parameter.
  long steps() const;

 protected:
  /// Takes those of `parameters` that are trained. Throws when there is none, and when one is listed twice: it would be
  /// updated twice in a step. Beside each it keeps tensors that start at 0, at most two: `kept` names them
  /// called in the state, behind the optimiser's own `name`.
  Optimizer(const Parameters& parameters, Number learning_rate, const std::string& name,
            const std::vector<std::string>& kept);

  /// A stretch of a parameter: how many numbers, they themselves, their gradients, what is kept beside them (null where
  /// nothing is), and how often they are updated with this step, from 1.
  struct Stretch {
    Index n;
    Scalar* p;
    const Scalar* g;
    std::array<Scalar*, 2> kept;
    Scalar t;
  };
  /// Calls update(stretch), on several threads at once, for all stretches of the parameters that have a gradient.
  void each(const std::function<void(const Stretch&)>& update);

  Scalar learning_rate_;

 private:
  // Tensors under "adam.exp_avg." and the like, one for each parameter.
  struct Named {
    std::string prefix;
    std::vector<Tensor> tensors;
  };

  Parameters parameters_;
  std::vector<Named> state_;  // the first: how often each was updated, of rank 0
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
