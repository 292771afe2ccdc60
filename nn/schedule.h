#pragma once
#include <functional>

#include <hourglass/nn/optimizer.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// How the learning rate changes: the factor that the base rate is multiplied with, as a function of t in [0, 1], the
/// part of the training that is done, so that it does not depend on batch sizes:
///
///     adam.set_learning_rate(1e-3 * schedule(t))
///
/// All throw unless their numbers are finite and 0 <= t <= 1.
using Schedule = std::function<Scalar(Scalar t)>;

/// γⁱ, i = ⌊t / step_size⌋. PyTorch's StepLR counts epochs: its step_size is this one times their number. Throws unless
/// step_size > 0.
Schedule step_lr(Number step_size, Number gamma = 0.1);
/// From 1 to `last` along half a cosine (Loshchilov & Hutter 2017), after a linear rise from 0 for t < warm_up: without
/// one, PyTorch's CosineAnnealingLR. Throws unless 0 <= warm_up <= 1.
Schedule cosine_lr(Number warm_up = 0, Number last = 0);
/// From 1/25 up to 1 along half a cosine until t = pct_start, and likewise down to `last` (Smith & Topin 2019), as
/// PyTorch's OneCycleLR; momentum stays. Throws unless 0 <= pct_start <= 1.
Schedule one_cycle_lr(Number pct_start = 0.3, Number last = 4e-6);

/// Scales all gradients down together so that their joint Euclidean norm is at most `max_norm` (exactly: PyTorch's
/// divides by the norm + 1e-6); returns what it was before, ∞ where no number is as large (Pascanu, Mikolov & Bengio
/// 2013, algorithm 1). Throws, naming the parameter, when a gradient is not finite.
Scalar clip_grad_norm_(const Parameters& parameters, Number max_norm);

}  // namespace hourglass::HOURGLASS_BUILD::nn
