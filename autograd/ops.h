#pragma once
#include <span>

#include "autograd/variable.h"
#include "tensor/product.h"

// The differentiable ops. Each computes its value at once and remembers its rule (`record`); each rule is made of ops
// again, so that a gradient can be differentiated too. All throw, naming the op and the shapes, when shapes do not fit.
// The formulas stand beside the definitions: arithmetic.cpp, functions.cpp, activations.cpp, products.cpp,
// reductions.cpp, shaping.cpp, losses.cpp.
namespace hourglass::inline HOURGLASS_BUILD {

// ---- arithmetic; the smaller operand is repeated along missing axes and axes of size 1

Variable add(const Variable& a, const Variable& b);
Variable sub(const Variable& a, const Variable& b);
Variable mul(const Variable& a, const Variable& b);
Variable div(const Variable& a, const Variable& b);
/// The larger of the two; where they are equal, each gets half of the gradient.
Variable maximum(const Variable& a, const Variable& b);
/// The smaller of the two, likewise.
Variable minimum(const Variable& a, const Variable& b);
/// scale · x + shift
Variable affine(const Variable& x, Scalar scale, Scalar shift = 0);

inline Variable operator+(const Variable& a, const Variable& b) { return add(a, b); }
inline Variable operator-(const Variable& a, const Variable& b) { return sub(a, b); }
inline Variable operator*(const Variable& a, const Variable& b) { return mul(a, b); }
inline Variable operator/(const Variable& a, const Variable& b) { return div(a, b); }
inline Variable operator-(const Variable& x) { return affine(x, -1); }
inline Variable operator+(const Variable& x, Scalar c) { return affine(x, 1, c); }
inline Variable operator+(Scalar c, const Variable& x) { return affine(x, 1, c); }
inline Variable operator-(const Variable& x, Scalar c) { return affine(x, 1, -c); }
inline Variable operator-(Scalar c, const Variable& x) { return affine(x, -1, c); }
inline Variable operator*(const Variable& x, Scalar c) { return affine(x, c); }
inline Variable operator*(Scalar c, const Variable& x) { return affine(x, c); }
inline Variable operator/(const Variable& x, Scalar c) { return affine(x, 1 / c); }

// ---- functions of one number

Variable exp(const Variable& x);
Variable log(const Variable& x);
Variable sqrt(const Variable& x);
/// |x|, with gradient 0 at 0.
Variable abs(const Variable& x);
/// x^p for a constant p.
Variable pow(const Variable& x, Scalar p);
inline Variable square(const Variable& x) { return pow(x, 2); }
/// x kept within [low, high]; no gradient outside.
Variable clamp(const Variable& x, Scalar low, Scalar high);

// ---- activations

Variable relu(const Variable& x);
Variable leaky_relu(const Variable& x, Scalar slope = Scalar(0.01));
Variable elu(const Variable& x, Scalar alpha = 1);
/// x Φ(x), with Φ the normal distribution function (Hendrycks & Gimpel 2016).
Variable gelu(const Variable& x);
/// x σ(x) (Elfwing et al. 2017; Ramachandran et al. 2017).
Variable silu(const Variable& x);
/// 1 / (1 + e^-x)
Variable sigmoid(const Variable& x);
Variable tanh(const Variable& x);
/// log(1 + e^x)
Variable softplus(const Variable& x);
/// e^x / Σ e^x along one axis.
Variable softmax(const Variable& x, int axis = -1);
Variable log_softmax(const Variable& x, int axis = -1);

// The gradients of activations in one pass, ops themselves: gy · dy/dx from the output y (or the input x).
Variable relu_grad(const Variable& gy, const Variable& y);
Variable leaky_relu_grad(const Variable& gy, const Variable& y, Scalar slope);
Variable elu_grad(const Variable& gy, const Variable& y, Scalar alpha);
Variable gelu_grad(const Variable& gy, const Variable& x);
Variable silu_grad(const Variable& gy, const Variable& x);
Variable sigmoid_grad(const Variable& gy, const Variable& y);
Variable tanh_grad(const Variable& gy, const Variable& y);
Variable activation_grad(Activation activation, const Variable& gy, const Variable& y);

// ---- products

/// op(a) · op(b) of two matrices, each read by columns where its flag says so.
Variable matmul(const Variable& a, const Variable& b, Transpose ta = Transpose::no, Transpose tb = Transpose::no);
/// φ(x Wᵀ + b) with x [n, in], W [out, in], b [out] or empty: [n, out]. One pass over the output for bias and φ.
Variable linear(const Variable& x, const Variable& W, const Variable& b, Activation activation = Activation::none);

// ---- reductions

/// Σ x over everything: rank 0.
Variable sum(const Variable& x);
/// Σ x along one axis, which stays as size 1 if `keep`.
Variable sum(const Variable& x, int axis, bool keep = false);
Variable mean(const Variable& x);
Variable mean(const Variable& x, int axis, bool keep = false);
/// The largest along one axis; equal ones share the gradient.
Variable max(const Variable& x, int axis, bool keep = false);
/// log Σ e^x along one axis, without overflow.
Variable logsumexp(const Variable& x, int axis, bool keep = false);
/// The k largest of each row (last axis) as they are, the others 0; the gradient flows through the k.
Variable top_k(const Variable& x, Index k);

// ---- shaping

/// The same numbers under another shape.
Variable reshape(const Variable& x, const Shape& shape);
/// The axes in another order: axis i of the result is axis order[i] of x.
Variable permute(const Variable& x, std::initializer_list<int> order);
/// A matrix by columns.
Variable transpose(const Variable& x);
/// Side by side along one axis; the other sizes must agree.
Variable concat(std::span<const Variable> parts, int axis);
inline Variable concat(std::initializer_list<Variable> parts, int axis) {
  return concat(std::span<const Variable>(parts.begin(), parts.size()), axis);
}
/// `count` places along one axis, from `first`.
Variable slice(const Variable& x, int axis, Index first, Index count);
/// Zeros, with x at `first` along one axis that is `size` long: the gradient of `slice`.
Variable place(const Variable& x, int axis, Index first, Index size);
/// Repeated along axes of size 1 and missing ones: the gradient of `sum_to`.
Variable broadcast_to(const Variable& x, const Shape& shape);
/// Summed over what broadcasting from `shape` repeats: the gradient of `broadcast_to`.
Variable sum_to(const Variable& x, const Shape& shape);

// ---- losses in one pass

/// Σ (r - x)², over everything. No gradient flows to x unless it requires one.
Variable squared_difference(const Variable& r, const Variable& x);
/// Σ (max(z, 0) - z x + log(1 + e^-|z|)): cross-entropy between targets x in [0, 1] and probabilities σ(z), in nats.
Variable cross_entropy_with_logits(const Variable& z, const Variable& x);
/// Σ ½ (μ² + e^s - 1 - s): KL from N(μ, e^s) to N(0, 1) with s = log σ², in nats (Kingma & Welling 2014, appendix B).
Variable gaussian_kl(const Variable& mu, const Variable& log_variance);

}  // namespace hourglass::inline HOURGLASS_BUILD
