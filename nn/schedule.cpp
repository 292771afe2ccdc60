#include <hourglass/nn/schedule.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/loss_sums.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass::HOURGLASS_BUILD::nn {
namespace {

// From `a` at t = 0 to `b` at t = 1 along half a cosine.
Scalar half_cosine(Scalar a, Scalar b, Scalar t) {
  return b + (a - b) * (1 + std::cos(std::numbers::pi_v<Scalar> * t)) / 2;
}

}  // namespace

Scalar Schedule::at(Scalar t) const {
  require(t >= 0 && t <= 1, "schedule: t is ", t, ", expected 0 to 1");
  require(std::isfinite(gamma) && step_size > 0 && warm_up >= 0 && warm_up <= 1 && std::isfinite(last),
          "schedule: gamma ", gamma, ", step size ", step_size, ", warm-up ", warm_up, ", last ", last,
          ": expected finite numbers, a step size above 0 and a warm-up of 0 to 1");
  const bool rising = t < warm_up;
  const Scalar part = rising ? t / warm_up : warm_up < 1 ? (t - warm_up) / (1 - warm_up) : 1;
  if (kind == Kind::constant) return 1;
  if (kind == Kind::cosine) return rising ? part : half_cosine(1, last, part);
  if (kind == Kind::one_cycle) return rising ? half_cosine(Scalar(1) / 25, 1, part) : half_cosine(1, last, part);
  if (kind == Kind::step) {
    constexpr Scalar rounding = 4 * std::numeric_limits<Scalar>::epsilon();  // (i / n) / (1 / n) may lie just below i
    return std::pow(gamma, std::floor(t / step_size * (1 + rounding)));
  }
  fail("schedule: unknown kind ", static_cast<int>(kind));
}

Scalar clip_grad_norm_(const Parameters& parameters, Scalar max_norm) {
  require(max_norm > 0, "clip_grad_norm_: the norm asked for is ", max_norm, ", expected a positive number");
  require_distinct(parameters, "clip_grad_norm_");
  Parameters clipped;
  Scalar largest = std::numeric_limits<Scalar>::min();
  for (const Parameter& p : parameters) {
    if (!p.variable.requires_grad() || p.variable.grad().empty()) continue;
    const Scalar size = amax(abs(p.variable.grad()).reshape({-1}), 0).item();
    require(std::isfinite(size), "clip_grad_norm_: the gradient of ", p.name, " is not finite");
    largest = std::max(largest, size);
    clipped.push_back(p);
  }
  // In units of a power of two, exactly: squares leave the range of numbers long before the gradients do.
  const Scalar unit = std::ldexp(Scalar{1}, std::ilogb(largest));
  double squares = 0;
  for (const Parameter& p : clipped) {
    const Tensor g = p.variable.grad() / unit;
    squares += static_cast<double>(squared_difference(g, Tensor::zeros(g.shape())).item());
  }
  const auto units = static_cast<Scalar>(std::sqrt(squares)), norm = unit * units;
  if (norm <= max_norm) return norm;
  for (const Parameter& p : clipped) p.variable.set_grad(max_norm / units * (p.variable.grad() / unit));
  return norm;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
