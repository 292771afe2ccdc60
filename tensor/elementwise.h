#pragma once
#include <hourglass/tensor/tensor.h>

// Element by element, no gradients: each function makes a new tensor. Two operands broadcast: axes are matched from the
// last, a missing one or one of size 1 is repeated. All throw when an operand is empty.

namespace hourglass::HOURGLASS_BUILD {

/// a + b, a - b, a b, a / b, the larger and the smaller of each two numbers; a NaN on either side stays one. Throws,
/// naming the op and both shapes, unless they broadcast.
/// @{
Tensor add(const Tensor& a, const Tensor& b);
Tensor sub(const Tensor& a, const Tensor& b);
Tensor mul(const Tensor& a, const Tensor& b);
Tensor div(const Tensor& a, const Tensor& b);
Tensor maximum(const Tensor& a, const Tensor& b);
Tensor minimum(const Tensor& a, const Tensor& b);
/// @}
/// 1 where it holds, 0 where it does not, NaN where either side is one.
/// @{
Tensor operator<(const Tensor& a, const Tensor& b);
Tensor operator>(const Tensor& a, const Tensor& b);
Tensor operator<=(const Tensor& a, const Tensor& b);
Tensor operator>=(const Tensor& a, const Tensor& b);
Tensor eq(const Tensor& a, const Tensor& b);
/// @}
/// a where the condition is not 0, b where it is, whatever stands on the other side: 0 · ∞ would be NaN. NaN where the
/// condition is one. All three broadcast.
/// @{
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b);
Tensor where(const Tensor& condition, const Tensor& a, Number b);
Tensor where(const Tensor& condition, Number a, const Tensor& b);
/// @}
/// The divisors of the gradient that goes to a, where the larger of two is taken: 1 where a > b, 2 where they are
/// equal, 0 (no gradient) where a < b; 1 where either is NaN, as PyTorch's.
Tensor shares(const Tensor& a, const Tensor& b);

/// scale · x + shift
Tensor affine(const Tensor& x, Number scale, Number shift = 0);
/// x / c, rounded once: x · (1 / c) would be rounded twice.
Tensor div(const Tensor& x, Number c);
/// e^x, e^x - 1 and log(1 + x) (both precise near 0), the natural logarithm, sine and cosine, √x, |x|.
/// @{
Tensor exp(const Tensor& x);
Tensor expm1(const Tensor& x);
Tensor log(const Tensor& x);
Tensor log1p(const Tensor& x);
Tensor sin(const Tensor& x);
Tensor cos(const Tensor& x);
Tensor sqrt(const Tensor& x);
Tensor abs(const Tensor& x);
/// @}
/// -1, 0 or 1; NaN of NaN.
Tensor sign(const Tensor& x);
/// x^p, for one exponent and element by element.
/// @{
Tensor pow(const Tensor& x, Number p);
Tensor pow(const Tensor& x, const Tensor& p);
/// @}
/// x²
inline Tensor square(const Tensor& x) { return pow(x, 2); }
/// x kept within [low, high]. Throws unless low <= high.
Tensor clamp(const Tensor& x, Number low, Number high);
/// 1 where low <= x <= high, else 0.
Tensor inside(const Tensor& x, Number low, Number high);
/// The nearest whole number, halves to even.
Tensor round(const Tensor& x);

/// `add`, `sub`, `mul` and `div`; beside a number, `affine`, and `div` by it. They accept a Variable, too, whose ops
/// autograd/ops.h declares.
/// @{
inline auto operator+(const TensorOrVariable auto& a, const TensorOrVariable auto& b) { return add(a, b); }
inline auto operator-(const TensorOrVariable auto& a, const TensorOrVariable auto& b) { return sub(a, b); }
inline auto operator*(const TensorOrVariable auto& a, const TensorOrVariable auto& b) { return mul(a, b); }
inline auto operator/(const TensorOrVariable auto& a, const TensorOrVariable auto& b) { return div(a, b); }
inline auto operator-(const TensorOrVariable auto& x) { return affine(x, -1); }
inline auto operator+(const TensorOrVariable auto& x, Number c) { return affine(x, 1, c); }
inline auto operator+(Number c, const TensorOrVariable auto& x) { return affine(x, 1, c); }
inline auto operator-(const TensorOrVariable auto& x, Number c) { return affine(x, 1, -c); }
inline auto operator-(Number c, const TensorOrVariable auto& x) { return affine(x, -1, c); }
inline auto operator*(const TensorOrVariable auto& x, Number c) { return affine(x, c); }
inline auto operator*(Number c, const TensorOrVariable auto& x) { return affine(x, c); }
inline auto operator/(const TensorOrVariable auto& x, Number c) { return div(x, c); }
inline auto operator/(Number c, const TensorOrVariable auto& x) { return div(Tensor::scalar(c), x); }
/// @}
/// a = a + b and so on: a names another value afterwards, and what shared the old one keeps it.
/// @{
inline auto& operator+=(TensorOrVariable auto& a, const auto& b) { return a = a + b; }
inline auto& operator-=(TensorOrVariable auto& a, const auto& b) { return a = a - b; }
inline auto& operator*=(TensorOrVariable auto& a, const auto& b) { return a = a * b; }
inline auto& operator/=(TensorOrVariable auto& a, const auto& b) { return a = a / b; }
/// @}
/// The comparisons, beside a number.
/// @{
inline auto operator<(const TensorOrVariable auto& x, Number c) { return x < Tensor::scalar(c); }
inline auto operator>(const TensorOrVariable auto& x, Number c) { return x > Tensor::scalar(c); }
inline auto operator<=(const TensorOrVariable auto& x, Number c) { return x <= Tensor::scalar(c); }
inline auto operator>=(const TensorOrVariable auto& x, Number c) { return x >= Tensor::scalar(c); }
inline auto operator<(Number c, const TensorOrVariable auto& x) { return x > c; }
inline auto operator>(Number c, const TensorOrVariable auto& x) { return x < c; }
inline auto operator<=(Number c, const TensorOrVariable auto& x) { return x >= c; }
inline auto operator>=(Number c, const TensorOrVariable auto& x) { return x <= c; }
inline auto eq(const TensorOrVariable auto& x, Number c) { return eq(x, Tensor::scalar(c)); }
/// @}

}  // namespace hourglass::HOURGLASS_BUILD
