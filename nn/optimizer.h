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
  Optimizer(const Parameters& parameters, Scalar learning_rate);
  virtual ~Optimizer() = default;

  /// Forgets all gradients, before the next `backward`.
  void zero_grad();
  /// Updates each parameter that has a gradient.
  virtual void step() = 0;

  /// η, which a schedule may change from step to step.
  Scalar learning_rate() const { return learning_rate_; }
  /// Throws unless it is a finite number of at least 0.
  void set_learning_rate(Scalar rate);

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

/// The settings of Sgd.
struct SgdOptions {
  Scalar learning_rate = Scalar(1e-2);
  Scalar momentum = 0, dampening = 0;  ///< u ← momentum u + (1 - dampening) g
  Scalar weight_decay = 0;             ///< added to the gradient (L2)
  bool nesterov = false;               ///< Nesterov's momentum in the form of Sutskever et al. 2013, §3
};

/// Stochastic gradient descent (Robbins & Monro 1951; momentum: Polyak 1964):  u ← μ u + g,   p ← p - η u.
class Sgd final : public Optimizer {
 public:
  /// Throws on negative numbers, and on Nesterov without momentum or with dampening.
  explicit Sgd(const Parameters& parameters, const SgdOptions& options = {});
  void step() override;
  Parameters state() const override;
  /// Sets μ, which a schedule may change from step to step. Throws unless it is above 0 and the optimiser began with
  /// momentum: without, it keeps no u.
  void set_momentum(Scalar momentum);

 private:
  SgdOptions options_;
  std::vector<Tensor> speed_;
};

/// The settings of RmsProp; the defaults are PyTorch's.
struct RmsPropOptions {
  Scalar learning_rate = Scalar(1e-2);
  Scalar alpha = Scalar(0.99), epsilon = Scalar(1e-8);
  Scalar momentum = 0;      ///< of the quotient: u ← momentum u + g / (√v + ε)
  Scalar weight_decay = 0;  ///< added to the gradient (L2)
};

/// RMSProp (Tieleman & Hinton 2012):  v ← α v + (1 - α) g²,   p ← p - η g / (√v + ε).
class RmsProp final : public Optimizer {
 public:
  /// Throws unless 0 <= α < 1, ε > 0 and the momentum is at least 0.
  explicit RmsProp(const Parameters& parameters, const RmsPropOptions& options = {});
  void step() override;
  Parameters state() const override;

 private:
  RmsPropOptions options_;
  std::vector<Tensor> square_, speed_;
};

/// The settings of Adam; the defaults of η, β and ε are the paper's.
struct AdamOptions {
  Scalar learning_rate = Scalar(1e-3);
  Scalar beta1 = Scalar(0.9), beta2 = Scalar(0.999);
  Scalar epsilon = Scalar(1e-8);
  Scalar weight_decay = 0;  ///< decoupled from the gradient (AdamW; Loshchilov & Hutter 2019)
  Scalar l2 = 0;            ///< added to the gradient (Adam's classical weight decay)
};

/// Adam (Kingma & Ba 2015, algorithm 1), with AdamW's decay where asked for.
class Adam final : public Optimizer {
 public:
  /// Throws on a negative rate, a β outside [0, 1), an ε that is not positive.
  explicit Adam(const Parameters& parameters, const AdamOptions& options = {});
  void step() override;
  Parameters state() const override;

 private:
  AdamOptions options_;
  std::vector<Tensor> mean_, square_;  // running averages of g and g², one for each parameter
};

}  // namespace hourglass::HOURGLASS_BUILD::nn
