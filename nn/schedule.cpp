#include <hourglass/nn/schedule.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/loss_sums.h>

namespace hourglass::HOURGLASS_BUILD::nn {
namespace {

// From `a` at t = 0 to `b` at t = 1 along half a cosine.
Scalar half_cosine(Scalar a, Scalar b, Scalar t) {
  return b + (a - b) * (1 + std::cos(std::numbers::pi_v<Scalar> * t)) / 2;
}

// The gradient in units of a power of two.
Tensor in_units(const Parameter& p, Scalar unit) { return unit == 1 ? p.variable.grad() : p.variable.grad() / unit; }

// Σ g² over all gradients, likewise.
double sum_of_squares(const Parameters& parameters, Scalar unit) {
  double sum = 0;
  for (const Parameter& p : parameters) {
    const Tensor g = in_units(p, unit);
    sum += static_cast<double>(squared_difference(g, Tensor::zeros(g.shape())).item());
  }
  return sum;
}

// A power of two of the size of the largest gradient.
Scalar unit_of(const Parameters& parameters) {
  Scalar largest = std::numeric_limits<Scalar>::min();
  for (const Parameter& p : parameters)
    for (const Scalar g : p.variable.grad().values()) {
      require(std::isfinite(g), "clip_gradients: the gradient of ", p.name, " is not finite");
      largest = std::max(largest, std::abs(g));
    }
  return std::ldexp(Scalar{1}, std::ilogb(largest));
}

}  // namespace

Scalar Schedule::at(Scalar t) const {
  require(t >= 0 && t <= 1, "schedule: t is ", t, ", expected 0 to 1");
  require(std::isfinite(factor) && times >= 0 && warm_up >= 0 && warm_up <= 1 && std::isfinite(last),
          "schedule: factor ", factor, ", times ", times, ", warm-up ", warm_up, ", last ", last,
          ": expected finite numbers, times of at least 0 and a warm-up of 0 to 1");
  const bool rising = t < warm_up;
  const Scalar part = rising ? t / warm_up : warm_up < 1 ? (t - warm_up) / (1 - warm_up) : 1;
  switch (kind) {
    case Kind::constant:
      return 1;
    case Kind::step: {
      constexpr Scalar rounding = 4 * std::numeric_limits<Scalar>::epsilon();  // n · (i / n) may lie just below i
      const Scalar steps = std::floor(t * static_cast<Scalar>(times + 1) * (1 + rounding));
      return std::pow(factor, std::min(steps, static_cast<Scalar>(times)));
    }
    case Kind::cosine:
      return rising ? part : half_cosine(1, last, part);
    case Kind::one_cycle:
      return rising ? half_cosine(Scalar(1) / 25, 1, part) : half_cosine(1, last, part);
  }
  fail("schedule: unknown kind ", static_cast<int>(kind));
}

Scalar clip_gradients(const Parameters& parameters, Scalar most) {
  require(most > 0, "clip_gradients: the norm asked for is ", most, ", expected a positive number");
  require_distinct(parameters, "clip_gradients");
  Parameters clipped;
  for (const Parameter& p : parameters)
    if (p.variable.requires_grad() && !p.variable.grad().empty()) clipped.push_back(p);
  Scalar unit = 1;
  double squares = sum_of_squares(clipped, unit);
  if (!(squares > 1e-20 && squares < 1e20)) {  // squares leave the range of numbers long before the gradients do
    unit = unit_of(clipped);
    squares = sum_of_squares(clipped, unit);
  }
  const auto units = static_cast<Scalar>(std::sqrt(squares)), norm = unit * units;
  if (norm <= most) return norm;
  for (const Parameter& p : clipped) p.variable.set_grad(most / units * in_units(p, unit));
  return norm;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
