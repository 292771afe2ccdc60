#pragma once
#include <string>
#include <vector>

#include "nn/layer.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

/// Moves parameters against their gradients. `step` uses what `backward` has collected since `zero_grad`; a parameter
/// without a gradient stays where it is.
class Optimizer {
 public:
  /// Takes those of `parameters` that are trained. Throws when there is none.
  Optimizer(const Parameters& parameters, Scalar learning_rate);
  virtual ~Optimizer() = default;

  void zero_grad();
  virtual void step() = 0;

  Scalar learning_rate() const { return learning_rate_; }
  void set_learning_rate(Scalar rate);

  /// What a resumed run must get back beside the weights, each under a name: shared tensors, to read or to fill.
  virtual Parameters state() const = 0;
  /// How many steps were taken; part of the state.
  long steps() const { return steps_; }
  void set_steps(long steps) { steps_ = steps; }

 protected:
  Parameters parameters_;
  Scalar learning_rate_;
  long steps_ = 0;
};

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

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
