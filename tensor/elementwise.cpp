#include <hourglass/tensor/elementwise.h>

#include <cmath>
#include <numbers>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD::tensor {

// Axes whose numbers lie one behind the other in both operands run as one.
Walk walk(const Shape& out, const Shape& a, const Shape& b) {
  Walk w;
  std::array<Index, Shape::max_rank> step_a{}, step_b{};
  Index next_a = 1, next_b = 1;
  for (int axis = out.rank() - 1; axis >= 0; --axis) {
    const auto at = static_cast<std::size_t>(axis);
    const int in_a = axis - (out.rank() - a.rank()), in_b = axis - (out.rank() - b.rank());
    const Index size_a = in_a < 0 ? 1 : a[in_a], size_b = in_b < 0 ? 1 : b[in_b];
    step_a[at] = size_a == 1 ? 0 : next_a;
    step_b[at] = size_b == 1 ? 0 : next_b;
    next_a *= size_a;
    next_b *= size_b;
  }
  for (std::size_t axis = 0; axis < static_cast<std::size_t>(out.rank()); ++axis) {
    const Index size = out[static_cast<int>(axis)];
    if (size == 1) continue;
    const auto last = static_cast<std::size_t>(w.rank) - 1;
    if (w.rank > 0 && w.step_a[last] == step_a[axis] * size && w.step_b[last] == step_b[axis] * size) {
      w.size[last] *= size;
      w.step_a[last] = step_a[axis];
      w.step_b[last] = step_b[axis];
    } else {
      const auto at = static_cast<std::size_t>(w.rank++);
      w.size[at] = size;
      w.step_a[at] = step_a[axis];
      w.step_b[at] = step_b[axis];
    }
  }
  return w;
}

Tensor add(const Tensor& a, const Tensor& b) {
  return zip(a, b, "add", [](Scalar p, Scalar q) { return p + q; });
}

Tensor sub(const Tensor& a, const Tensor& b) {
  return zip(a, b, "sub", [](Scalar p, Scalar q) { return p - q; });
}

Tensor mul(const Tensor& a, const Tensor& b) {
  return zip(a, b, "mul", [](Scalar p, Scalar q) { return p * q; });
}

Tensor div(const Tensor& a, const Tensor& b) {
  return zip(a, b, "div", [](Scalar p, Scalar q) { return p / q; });
}

// A NaN on either side stays one.
Tensor maximum(const Tensor& a, const Tensor& b) {
  return zip(a, b, "maximum", [](Scalar p, Scalar q) { return p > q ? p : p <= q ? q : p + q; });
}

Tensor minimum(const Tensor& a, const Tensor& b) {
  return zip(a, b, "minimum", [](Scalar p, Scalar q) { return p < q ? p : p >= q ? q : p + q; });
}

Tensor wins(const Tensor& a, const Tensor& b) {
  return zip(a, b, "wins", [](Scalar p, Scalar q) {
    return p > q ? Scalar{1} : p == q ? Scalar{0.5} : p < q ? Scalar{0} : p + q;
  });
}

Tensor shares(const Tensor& a, const Tensor& b) {
  return zip(a, b, "shares", [](Scalar p, Scalar q) { return p < q ? Scalar{0} : p == q ? Scalar{2} : Scalar{1}; });
}

Tensor equal(const Tensor& a, const Tensor& b) {
  return zip(a, b, "equal", [](Scalar p, Scalar q) { return p == q ? Scalar{1} : p < q || p > q ? Scalar{0} : p + q; });
}

Tensor masked_div(const Tensor& a, const Tensor& m) {
  return zip(a, m, "masked_div", [](Scalar p, Scalar q) { return q == 0 ? Scalar{0} : p / q; });
}

Tensor affine(const Tensor& x, Scalar scale, Scalar shift) {
  if (shift == 0) return map(x, [=](Scalar v) { return scale * v; });  // -0 + 0 would be 0
  return map(x, [=](Scalar v) { return scale * v + shift; });
}

Tensor div(const Tensor& x, Scalar c) {
  return map(x, [=](Scalar v) { return v / c; });
}

Tensor exp(const Tensor& x) {
  return map(x, [](Scalar v) { return simd::exp(v); });
}

Tensor expm1(const Tensor& x) {
  return map(x, [](Scalar v) { return simd::expm1(v); });
}

Tensor log(const Tensor& x) {
  return map(x, [](Scalar v) { return simd::log(v + 0); });  // the sum: a denormal that counts as 0 is one from here on
}

Tensor sqrt(const Tensor& x) {
  return map(x, [](Scalar v) { return std::sqrt(v); });
}

Tensor abs(const Tensor& x) {
  return map(x, [](Scalar v) { return std::abs(v); });
}

Tensor sign(const Tensor& x) {
  return map(x, [](Scalar v) { return v > 0 ? Scalar{1} : v < 0 ? Scalar{-1} : v; });
}

Tensor pow(const Tensor& x, Scalar p) {
  if (p == 2) return map(x, [](Scalar v) { return v * v; });
  return map(x, [=](Scalar v) { return std::pow(std::copysign(v + 0, v), p); });  // as in log, and -0 stays
}

Tensor clamp(const Tensor& x, Scalar low, Scalar high) {
  require(low <= high, "clamp: the bounds are ", low, " and ", high, ", expected low <= high");
  return map(x, [=](Scalar v) { return v < low ? low : v > high ? high : v; });
}

Tensor inside(const Tensor& x, Scalar low, Scalar high) {
  return map(x, [=](Scalar v) { return v >= low && v <= high ? Scalar{1} : Scalar{0}; });
}

Tensor round(const Tensor& x) {
  return map(x, [](Scalar v) { return std::nearbyint(v); });
}

Tensor relu(const Tensor& x) {
  return map(x, [](Scalar v) { return v < 0 ? Scalar{0} : v; });
}

Tensor leaky_relu(const Tensor& x, Scalar slope) {
  return map(x, [=](Scalar v) { return v > 0 ? v : slope * v; });
}

Tensor elu(const Tensor& x, Scalar alpha) {
  return map(x, [=](Scalar v) {
    const Scalar below = alpha * simd::expm1(v > 0 ? Scalar{0} : v);
    return v > 0 ? v : below;
  });
}

// x · Φ(x), with Φ the normal distribution function.
Tensor gelu(const Tensor& x) {
  constexpr Scalar root_half = std::numbers::sqrt2_v<Scalar> / 2;
  return map(x, [](Scalar v) { return v * Scalar{0.5} * (1 + simd::erf(v * root_half)); });
}

Tensor silu(const Tensor& x) {
  return map(x, [](Scalar v) { return v / (1 + simd::exp(-v)); });
}

Tensor sigmoid(const Tensor& x) {
  return map(x, [](Scalar v) { return 1 / (1 + simd::exp(-v)); });
}

Tensor tanh(const Tensor& x) {
  return map(x, [](Scalar v) { return simd::tanh(v); });
}

// log(1 + e^x), without overflow for large x.
Tensor softplus(const Tensor& x) {
  return map(x, [](Scalar v) { return (v < 0 ? Scalar{0} : v) + simd::log1p(simd::exp(-std::abs(v))); });
}

Tensor relu_grad(const Tensor& gy, const Tensor& y) {
  return zip(gy, y, "relu_grad", [](Scalar g, Scalar v) { return v <= 0 ? Scalar{0} : g; });
}

Tensor leaky_relu_grad(const Tensor& gy, const Tensor& y, Scalar slope) {
  return zip(gy, y, "leaky_relu_grad", [=](Scalar g, Scalar v) { return v > 0 ? g : slope * g; });
}

Tensor elu_grad(const Tensor& gy, const Tensor& x, Scalar alpha) {
  return zip(gy, x, "elu_grad", [=](Scalar g, Scalar v) {
    const Scalar below = g * (alpha * simd::exp(v <= 0 ? v : Scalar{0}));
    return v <= 0 ? below : g;
  });
}

// d/dx x Φ(x) = Φ(x) + x φ(x)
Tensor gelu_grad(const Tensor& gy, const Tensor& x) {
  constexpr Scalar root_half = std::numbers::sqrt2_v<Scalar> / 2;
  constexpr Scalar density = std::numbers::inv_sqrtpi_v<Scalar> * root_half;  // 1 / sqrt(2 π)
  return zip(gy, x, "gelu_grad", [](Scalar g, Scalar v) {
    const Scalar below = Scalar{0.5} * (1 + simd::erf(v * root_half));
    return g * (below + v * density * simd::exp(Scalar{-0.5} * v * v));
  });
}

// d/dx x σ(x) = σ(x) (1 + x (1 - σ(x)))
Tensor silu_grad(const Tensor& gy, const Tensor& x) {
  return zip(gy, x, "silu_grad", [](Scalar g, Scalar v) {
    const Scalar s = 1 / (1 + simd::exp(-v));
    return g * s * (1 + v * (1 - s));
  });
}

Tensor sigmoid_grad(const Tensor& gy, const Tensor& y) {
  return zip(gy, y, "sigmoid_grad", [](Scalar g, Scalar v) { return g * v * (1 - v); });
}

Tensor tanh_grad(const Tensor& gy, const Tensor& y) {
  return zip(gy, y, "tanh_grad", [](Scalar g, Scalar v) { return g * (1 - v * v); });
}

}  // namespace hourglass::HOURGLASS_BUILD::tensor
