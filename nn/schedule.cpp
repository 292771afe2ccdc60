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

// rise(part) up to t = top, where 1 is reached, then down to `last`.
Schedule peak(Scalar top, Scalar last, Scalar (*rise)(Scalar part)) {
  require(top >= 0 && top <= 1 && std::isfinite(last), "schedule: it rises until ", top, " and ends at ", last,
          ", expected 0 to 1 and a finite number");
  return [=](Scalar t) {
    require(t >= 0 && t <= 1, "schedule: t is ", t, ", expected 0 to 1");
    return t < top ? rise(t / top) : half_cosine(1, last, top < 1 ? (t - top) / (1 - top) : 1);
  };
}

}  // namespace

Schedule step_lr(Number every, Number factor) {
  const Scalar step_size = every, gamma = factor;
  require(step_size > 0 && std::isfinite(gamma), "schedule: a step of ", step_size, " and gamma ", gamma,
          ", expected a positive and a finite number");
  return [=](Scalar t) {
    require(t >= 0 && t <= 1, "schedule: t is ", t, ", expected 0 to 1");
    constexpr Scalar rounding = 4 * std::numeric_limits<Scalar>::epsilon();  // (i / n) / (1 / n) may lie just below i
    return std::pow(gamma, std::floor(t / step_size * (1 + rounding)));
  };
}

Schedule cosine_lr(Number warm_up, Number last) {
  return peak(warm_up, last, [](Scalar part) { return part; });
}

Schedule one_cycle_lr(Number pct_start, Number last) {
  return peak(pct_start, last, [](Scalar part) { return half_cosine(Scalar(1) / 25, 1, part); });
}

Scalar clip_grad_norm_(const Parameters& parameters, Number max_norm) {
  require(max_norm > 0, "clip_grad_norm_: the largest norm is ", max_norm, ", expected a positive number");
  require_distinct(parameters, "clip_grad_norm_");
  Parameters clipped;
  Scalar largest = std::numeric_limits<Scalar>::min();
  for (const Parameter& p : parameters) {
    if (!p.variable.requires_grad() || p.variable.grad().empty()) continue;
    const Scalar size = amax(abs(p.variable.grad())).item();
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
