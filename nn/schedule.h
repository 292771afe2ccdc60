#pragma once
#include <hourglass/nn/optimizer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// How the learning rate changes: a function of how much of the training is done, t in [0, 1], so that it does not
/// depend on batch sizes. `schedule.at(t)` times the base rate is the rate.
struct Schedule {
  enum class Kind { constant, step, cosine, one_cycle } kind = Kind::constant;
  Scalar step_size = 1;        ///< step: after which part of the training the rate falls, each time
  Scalar gamma = Scalar(0.1);  ///< step: what it is multiplied with
  Scalar warm_up = 0;          ///< cosine, one_cycle: the part in which the rate rises from 0 (one_cycle: from 1/25)
  Scalar last = 0;             ///< cosine, one_cycle: the rate at the end, relative to the highest

  /// 1 all the time.
  static Schedule constant() { return {}; }
  /// γⁱ, i = ⌊t / step_size⌋. PyTorch's StepLR counts epochs: its step_size is this one times their number.
  static Schedule step(Scalar step_size, Scalar gamma = Scalar(0.1)) { return {Kind::step, step_size, gamma}; }
  /// ½ (1 + cos π t) after a linear warm-up (Loshchilov & Hutter 2017).
  static Schedule cosine(Scalar warm_up = 0, Scalar last = 0) { return {Kind::cosine, 1, 1, warm_up, last}; }
  /// From 1/25 up to 1 by half a cosine until t = pct_start, and down again (Smith & Topin 2018), as PyTorch's
  /// OneCycleLR of the rate; momentum stays.
  static Schedule one_cycle(Scalar pct_start = Scalar(0.3), Scalar last = Scalar(1e-4) / 25) {
    return {Kind::one_cycle, 1, 1, pct_start, last};
  }

  /// The factor at t. Throws unless 0 <= t <= 1.
  Scalar at(Scalar t) const;
};

/// Scales all gradients down together so that their joint Euclidean norm is at most `max_norm` (exactly: PyTorch's
/// divides by the norm + 1e-6); returns what it was before, ∞ where no number is as large (Pascanu, Mikolov & Bengio
/// 2013, algorithm 1). Throws, naming the parameter, when a gradient is not finite.
Scalar clip_grad_norm_(const Parameters& parameters, Scalar max_norm);

}  // namespace hourglass::HOURGLASS_BUILD::nn
