#include <hourglass/tensor/elementwise.h>

#include <cmath>
#include <functional>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD {

// Axes whose numbers lie one behind the other in both operands run as one.
Walk walk(const Shape& out, const Shape& a, const Shape& b) {
  const auto step = [&](const Shape& operand, int axis) {
    const int own = axis - (out.dim() - operand.dim());
    return own < 0 || operand[own] == 1 ? 0 : operand.stride(own);
  };
  Walk w;
  for (int axis = 0; axis < out.dim(); ++axis) {
    Index size = out[axis];
    if (size == 1) continue;
    const Index step_a = step(a, axis), step_b = step(b, axis);
    const auto last = static_cast<std::size_t>(w.rank) - 1;
    if (w.rank > 0 && w.step_a[last] == step_a * size && w.step_b[last] == step_b * size)
      size *= w.size[static_cast<std::size_t>(--w.rank)];
    const auto at = static_cast<std::size_t>(w.rank++);
    w.size[at] = size;
    w.step_a[at] = step_a;
    w.step_b[at] = step_b;
  }
  return w;
}

Tensor add(const Tensor& a, const Tensor& b) { return zip(a, b, "add", std::plus<Scalar>()); }

Tensor sub(const Tensor& a, const Tensor& b) { return zip(a, b, "sub", std::minus<Scalar>()); }

Tensor mul(const Tensor& a, const Tensor& b) { return zip(a, b, "mul", std::multiplies<Scalar>()); }

Tensor div(const Tensor& a, const Tensor& b) { return zip(a, b, "div", std::divides<Scalar>()); }

// A NaN on either side stays one.
Tensor maximum(const Tensor& a, const Tensor& b) {
  return zip(a, b, "maximum", [](Scalar p, Scalar q) { return p > q ? p : p <= q ? q : p + q; });
}

Tensor minimum(const Tensor& a, const Tensor& b) {
  return zip(a, b, "minimum", [](Scalar p, Scalar q) { return p < q ? p : p >= q ? q : p + q; });
}

Tensor shares(const Tensor& a, const Tensor& b) {
  return zip(a, b, "shares", [](Scalar p, Scalar q) { return p < q ? Scalar{0} : p == q ? Scalar{2} : Scalar{1}; });
}

namespace {

// 1 or 0 by what `holds` returns; NaN where either side is one.
template <class Holds>
Tensor compare(const Tensor& a, const Tensor& b, const char* op, Holds holds) {
  return zip(a, b, op, [=](Scalar p, Scalar q) {
    const Scalar undefined = p + q;
    return holds(p, q) ? Scalar{1} : p <= q || p > q ? Scalar{0} : undefined;
  });
}

template <Scalar (*f)(Scalar)>
Tensor map_by(const Tensor& x, const char* op) {
  return map(x, op, [](Scalar v) { return f(v); });
}

}  // namespace

Tensor operator<(const Tensor& a, const Tensor& b) { return compare(a, b, "<", std::less<Scalar>()); }

Tensor operator>(const Tensor& a, const Tensor& b) { return compare(a, b, ">", std::greater<Scalar>()); }

Tensor operator<=(const Tensor& a, const Tensor& b) { return compare(a, b, "<=", std::less_equal<Scalar>()); }

Tensor operator>=(const Tensor& a, const Tensor& b) { return compare(a, b, ">=", std::greater_equal<Scalar>()); }

Tensor eq(const Tensor& a, const Tensor& b) { return compare(a, b, "eq", std::equal_to<Scalar>()); }

Tensor where(const Tensor& condition, const Tensor& a, Number b) {
  const Scalar other = b;
  return zip(condition, a, "where", [=](Scalar c, Scalar p) { return c == 0 ? other : c != c ? c : p; });
}

Tensor where(const Tensor& condition, Number a, const Tensor& b) {
  const Scalar other = a;
  return zip(condition, b, "where", [=](Scalar c, Scalar q) { return c == 0 ? q : c != c ? c : other; });
}

// a where c is not 0, plus b where it is: one of the two is -0, which changes no other number.
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  return where(condition, a, -0.0) + where(condition, -0.0, b);
}

Tensor affine(const Tensor& x, Number by, Number plus) {
  const Scalar scale = by, shift = plus;
  if (shift == 0) return map(x, "affine", [=](Scalar v) { return scale * v; });  // -0 + 0 would be 0
  return map(x, "affine", [=](Scalar v) { return scale * v + shift; });
}

Tensor div(const Tensor& x, Number by) {
  const Scalar c = by;
  return map(x, "div", [=](Scalar v) { return v / c; });
}

Tensor exp(const Tensor& x) { return map_by<simd::exp>(x, "exp"); }

Tensor expm1(const Tensor& x) { return map_by<simd::expm1>(x, "expm1"); }

Tensor log(const Tensor& x) {
  return map(x, "log",
             [](Scalar v) { return simd::log(v + 0); });  // the sum: a denormal that counts as 0 is one from here on
}

Tensor log1p(const Tensor& x) { return map_by<simd::log1p>(x, "log1p"); }

Tensor sin(const Tensor& x) { return map_by<simd::sin>(x, "sin"); }

Tensor cos(const Tensor& x) { return map_by<simd::cos>(x, "cos"); }

Tensor sqrt(const Tensor& x) { return map_by<simd::sqrt>(x, "sqrt"); }

Tensor abs(const Tensor& x) { return map_by<simd::abs>(x, "abs"); }

Tensor sign(const Tensor& x) {
  return map(x, "sign", [](Scalar v) { return v > 0 ? Scalar{1} : v < 0 ? Scalar{-1} : v; });
}

Tensor pow(const Tensor& x, Number exponent) {
  const Scalar p = exponent;
  if (p == 2) return map(x, "pow", [](Scalar v) { return v * v; });
  return map(x, "pow", [=](Scalar v) { return std::pow(std::copysign(v + 0, v), p); });  // as in log, and -0 stays
}

Tensor pow(const Tensor& x, const Tensor& p) {
  return zip(x, p, "pow", [](Scalar v, Scalar q) { return std::pow(std::copysign(v + 0, v), q + 0); });
}

Tensor clamp(const Tensor& x, Number from, Number to) {
  const Scalar low = from, high = to;
  require(low <= high, "clamp: the bounds are ", low, " and ", high, ", expected low <= high");
  return map(x, "clamp", [=](Scalar v) { return v < low ? low : v > high ? high : v; });
}

Tensor inside(const Tensor& x, Number from, Number to) {
  const Scalar low = from, high = to;
  return map(x, "inside", [=](Scalar v) { return v >= low && v <= high ? Scalar{1} : Scalar{0}; });
}

Tensor round(const Tensor& x) { return map_by<simd::round>(x, "round"); }

}  // namespace hourglass::HOURGLASS_BUILD
