#pragma once
#include <hourglass/nn/optimizer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// How the learning rate changes: a function of how much of the training is done, t in [0, 1], so that it does not
/// depend on batch sizes. `schedule.at(t)` times the base rate is the rate.
struct Schedule {
  enum class Kind { constant, step, cosine, one_cycle } kind = Kind::constant;
  Scalar factor = Scalar(0.1);  ///< step: what the rate is multiplied with at each of the `times`
  int times = 2;                ///< step: how often, at equal distances
  Scalar warm_up = 0;           ///< cosine, one_cycle: the part in which the rate rises from 0 (one_cycle: from 1/25)
  Scalar last = 0;              ///< cosine, one_cycle: the rate at the end, relative to the highest

  /// 1 all the time.
  static Schedule constant() { return {}; }
  /// factorⁱ in part i = 0 … times of the training, all equally long.
  static Schedule step(Scalar factor, int times) { return {Kind::step, factor, times}; }
  /// ½ (1 + cos π t) after a linear warm-up (Loshchilov & Hutter 2017).
  static Schedule cosine(Scalar warm_up = 0, Scalar last = 0) { return {Kind::cosine, 0, 0, warm_up, last}; }
  /// From 1/25 up to 1 by half a cosine and down again (Smith & Topin 2018).
  static Schedule one_cycle(Scalar warm_up = Scalar(0.3), Scalar last = Scalar(1e-4) / 25) {
    return {Kind::one_cycle, 0, 0, warm_up, last};
  }

  /// The factor at t. Throws unless 0 <= t <= 1.
  Scalar at(Scalar t) const;
};

/// Scales all gradients down together so that their joint Euclidean norm is at most `max_norm` (exactly: PyTorch's
/// divides by the norm + 1e-6); returns what it was before, ∞ where no number is as large (Pascanu, Mikolov & Bengio
/// 2013, algorithm 1). Throws, naming the parameter, when a gradient is not finite.
Scalar clip_grad_norm_(const Parameters& parameters, Scalar max_norm);

}  // namespace hourglass::HOURGLASS_BUILD::nn
