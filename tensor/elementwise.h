#pragma once
#include <hourglass/tensor/tensor.h>

// Number by number, no gradients: each function makes a new tensor. Two operands broadcast: axes are matched from the
// last, a missing one or one of size 1 is repeated. All throw when an operand is empty.

/// What the differentiable ops are made of: the same on plain tensors, and what optimisers do to them.
namespace hourglass::HOURGLASS_BUILD::tensor {

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
/// 1 where a > b, 1/2 where they are equal, 0 where a < b, NaN where either is one.
Tensor wins(const Tensor& a, const Tensor& b);
/// The divisors of the gradient that goes to a, where the larger of two is taken: 1 where a > b, 2 where they are
/// equal, 0 (no gradient) where a < b; 1 where either is NaN, as PyTorch's.
Tensor shares(const Tensor& a, const Tensor& b);
/// 1 where a == b, NaN where either is one, else 0.
Tensor equal(const Tensor& a, const Tensor& b);

/// a / m where the mask m is not 0, else 0, whatever a is: 0 · ∞ would be NaN.
Tensor masked_div(const Tensor& a, const Tensor& m);

/// scale · x + shift
Tensor affine(const Tensor& x, Scalar scale, Scalar shift);
/// x / c, rounded once: x · (1 / c) would be rounded twice.
Tensor div(const Tensor& x, Scalar c);
/// e^x, e^x - 1 (precise near 0), the natural logarithm, √x, |x|.
/// @{
Tensor exp(const Tensor& x);
Tensor expm1(const Tensor& x);
Tensor log(const Tensor& x);
Tensor sqrt(const Tensor& x);
Tensor abs(const Tensor& x);
/// @}
/// -1, 0 or 1; NaN of NaN.
Tensor sign(const Tensor& x);
/// x^p
Tensor pow(const Tensor& x, Scalar p);
/// x kept within [low, high]. Throws unless low <= high.
Tensor clamp(const Tensor& x, Scalar low, Scalar high);
/// 1 where low <= x <= high, else 0.
Tensor inside(const Tensor& x, Scalar low, Scalar high);
/// The nearest whole number, halves to even.
Tensor round(const Tensor& x);

/// The activations as autograd/ops.h defines them.
/// @{
Tensor relu(const Tensor& x);
Tensor leaky_relu(const Tensor& x, Scalar slope);
Tensor elu(const Tensor& x, Scalar alpha);
Tensor gelu(const Tensor& x);
Tensor silu(const Tensor& x);
Tensor sigmoid(const Tensor& x);
Tensor tanh(const Tensor& x);
Tensor softplus(const Tensor& x);
/// @}

/// The same, times what arrives: gy · dy/dx in one pass, from the output y where that is enough, else from the input x.
/// @{
Tensor relu_grad(const Tensor& gy, const Tensor& y);
Tensor leaky_relu_grad(const Tensor& gy, const Tensor& y, Scalar slope);
Tensor elu_grad(const Tensor& gy, const Tensor& x, Scalar alpha);
Tensor gelu_grad(const Tensor& gy, const Tensor& x);
Tensor silu_grad(const Tensor& gy, const Tensor& x);
Tensor sigmoid_grad(const Tensor& gy, const Tensor& y);
Tensor tanh_grad(const Tensor& gy, const Tensor& y);
/// @}

}  // namespace hourglass::HOURGLASS_BUILD::tensor
