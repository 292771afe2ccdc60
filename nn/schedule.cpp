#include "nn/schedule.h"

#include <cmath>
#include <numbers>

#include "tensor/elementwise.h"
#include "tensor/error.h"
#include "tensor/losses.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {
namespace {

// From `a` at t = 0 to `b` at t = 1 along half a cosine.
Scalar half_cosine(Scalar a, Scalar b, Scalar t) {
  return b + (a - b) * (1 + std::cos(std::numbers::pi_v<Scalar> * t)) / 2;
}

}  // namespace

Scalar Schedule::at(Scalar t) const {
  require(t >= 0 && t <= 1, "schedule: t is ", t, ", expected 0 to 1");
  const bool rising = t < warm_up;
  const Scalar part = rising ? t / warm_up : warm_up < 1 ? (t - warm_up) / (1 - warm_up) : 1;
  switch (kind) {
    case Kind::constant:
      return 1;
    case Kind::step:
      return std::pow(factor, std::floor(t * static_cast<Scalar>(times + 1) * (1 - Scalar(1e-6))));
    case Kind::cosine:
      return rising ? part : half_cosine(1, last, part);
    case Kind::one_cycle:
      return rising ? half_cosine(Scalar(1) / 25, 1, part) : half_cosine(1, last, part);
  }
  fail("schedule: unknown kind ", static_cast<int>(kind));
}

Scalar clip_gradients(const Parameters& parameters, Scalar most) {
  require(most > 0, "clip_gradients: the norm asked for is ", most, ", expected a positive number");
  double squares = 0;
  for (const Parameter& p : parameters) {
    if (!p.variable.requires_grad() || p.variable.grad().empty()) continue;
    const Tensor& g = p.variable.grad();
    const double part = static_cast<double>(tensor::squared_difference(g, Tensor::zeros(g.shape())).item());
    require(std::isfinite(part), "clip_gradients: the gradient of ", p.name, " is not finite");
    squares += part;
  }
  const auto norm = static_cast<Scalar>(std::sqrt(squares));
  if (norm <= most) return norm;
  for (const Parameter& p : parameters)
    if (p.variable.requires_grad() && !p.variable.grad().empty())
      p.variable.set_grad(tensor::affine(p.variable.grad(), most / norm, 0));
  return norm;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
