#pragma once
#include <initializer_list>
#include <span>

#include <hourglass/autograd/variable.h>
#include <hourglass/tensor/convolution.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/loss_sums.h>
#include <hourglass/tensor/random.h>
#include <hourglass/tensor/reduce.h>

// The differentiable ops. Each computes its value at once and records its backward function (`record`), which is made
// of ops again, so that a gradient can be differentiated too. All throw, naming the op and the shapes, when shapes do
// not fit. The formulas stand beside the definitions: arithmetic.cpp, functions.cpp, activations.cpp, products.cpp,
// reductions.cpp, shaping.cpp, gather.cpp, images.cpp, normalization.cpp, conventions.cpp, losses.cpp.
namespace hourglass::HOURGLASS_BUILD {

// ---- arithmetic; the smaller operand is repeated along missing axes and axes of size 1

/// a + b, a - b, a b, a / b, element by element.
/// @{
Variable add(const Variable& a, const Variable& b);
Variable sub(const Variable& a, const Variable& b);
Variable mul(const Variable& a, const Variable& b);
Variable div(const Variable& a, const Variable& b);
/// @}
/// The larger of the two; where they are equal, each gets half of the gradient.
Variable maximum(const Variable& a, const Variable& b);
/// The smaller of the two, likewise.
Variable minimum(const Variable& a, const Variable& b);
/// scale · x + shift
Variable affine(const Variable& x, Number scale, Number shift = 0);
/// x / c, rounded once.
Variable div(const Variable& x, Number c);
/// 1 where it holds, 0 where it does not, NaN where either side is one. No gradient flows.
/// @{
inline Variable operator<(const Variable& a, const Variable& b) { return a.value() < b.value(); }
inline Variable operator>(const Variable& a, const Variable& b) { return a.value() > b.value(); }
inline Variable operator<=(const Variable& a, const Variable& b) { return a.value() <= b.value(); }
inline Variable operator>=(const Variable& a, const Variable& b) { return a.value() >= b.value(); }
inline Variable eq(const Variable& a, const Variable& b) { return eq(a.value(), b.value()); }
/// @}
/// a where the condition is not 0, b where it is: masks select. The gradient goes to the one that was taken.
/// @{
Variable where(const Variable& condition, const Variable& a, const Variable& b);
Variable where(const Variable& condition, const Variable& a, Number b);
Variable where(const Variable& condition, Number a, const Variable& b);
/// @}

// ---- functions of one number

/// e^x, e^x - 1 and log(1 + x) (both precise near 0), sine, cosine, the natural logarithm, √x. The gradients of the
/// latter two are infinite at 0.
/// @{
Variable exp(const Variable& x);
Variable expm1(const Variable& x);
Variable log1p(const Variable& x);
Variable sin(const Variable& x);
Variable cos(const Variable& x);
Variable log(const Variable& x);
Variable sqrt(const Variable& x);
/// @}
/// |x|, with gradient 0 at 0.
Variable abs(const Variable& x);
/// x^p, for a constant p and element by element.
/// @{
Variable pow(const Variable& x, Number p);
Variable pow(const Variable& x, const Variable& p);
/// @}
/// x²
inline Variable square(const Variable& x) { return pow(x, 2); }
/// x kept within [low, high]; no gradient outside. Throws unless low <= high.
Variable clamp(const Variable& x, Number low, Number high);

// ---- activations

/// max(x, 0), with gradient 0 at 0 (Nair & Hinton 2010).
Variable relu(const Variable& x);
/// x where it is positive, else negative_slope · x (Maas, Hannun & Ng 2013). Throws on a negative one.
Variable leaky_relu(const Variable& x, Number negative_slope = 0.01);
/// x where it is positive, else α (e^x - 1) (Clevert, Unterthiner & Hochreiter 2016). Throws on a negative α.
Variable elu(const Variable& x, Number alpha = 1);
/// x Φ(x), with Φ the normal distribution function (Hendrycks & Gimpel 2016).
Variable gelu(const Variable& x);
/// x σ(x) (Elfwing et al. 2017; Ramachandran et al. 2017).
Variable silu(const Variable& x);
/// 1 / (1 + e^-x)
Variable sigmoid(const Variable& x);
/// (e^x - e^-x) / (e^x + e^-x)
Variable tanh(const Variable& x);
/// log(1 + e^x)
Variable softplus(const Variable& x);
/// One of them by its name.
Variable activate(Activation activation, const Variable& x);
/// e^x / Σ e^x along one axis.
Variable softmax(const Variable& x, int axis);
/// x - log Σ e^x along one axis, without overflow.
Variable log_softmax(const Variable& x, int axis);

/// The gradients of activations in one pass, which are ops: gy · dy/dx from the output y (or the input x).
/// @{
Variable relu_grad(const Variable& gy, const Variable& y);
Variable leaky_relu_grad(const Variable& gy, const Variable& y, Number negative_slope);
Variable elu_grad(const Variable& gy, const Variable& x, Number alpha);
Variable gelu_grad(const Variable& gy, const Variable& x);
Variable silu_grad(const Variable& gy, const Variable& x);
Variable sigmoid_grad(const Variable& gy, const Variable& y);
Variable tanh_grad(const Variable& gy, const Variable& y);
/// @}
/// That of an activation by its name. Throws on those that need the input: gelu and silu.
Variable activation_grad(Activation activation, const Variable& gy, const Variable& y);

// ---- products

/// op(a) · op(b) of two matrices, each transposed where its flag is `Transpose::yes`.
Variable matmul(const Variable& a, const Variable& b, Transpose ta = Transpose::no, Transpose tb = Transpose::no);
/// φ(x Wᵀ + b) with x [n, in], W [out, in], b [out] or empty: [n, out]. One pass over the output for bias and φ.
Variable linear(const Variable& x, const Variable& W, const Variable& b, Activation activation = Activation::none);

// ---- reductions

/// Σ x over everything (rank 0), and along one axis, which stays as size 1 with Keep::yes; over several:
/// tensor/reduce.h.
/// @{
Variable sum(const Variable& x);
Variable sum(const Variable& x, int axis, Keep keep = Keep::no);
/// @}
/// The mean likewise.
/// @{
Variable mean(const Variable& x);
Variable mean(const Variable& x, int axis, Keep keep = Keep::no);
/// @}
/// The largest and the smallest along one axis; equal ones share the gradient.
/// @{
Variable amax(const Variable& x, int axis, Keep keep = Keep::no);
Variable amin(const Variable& x, int axis, Keep keep = Keep::no);
/// @}
/// log Σ e^x along one axis, without overflow.
Variable logsumexp(const Variable& x, int axis, Keep keep = Keep::no);
/// The k largest of each row (last axis) as they are, the others 0; the gradient flows through the k.
Variable top_k(const Variable& x, Index k);

// ---- shaping

/// The same numbers under another shape.
Variable reshape(const Variable& x, const Shape& shape);
/// The axes in another order: axis i of the result is axis order[i] of x.
Variable permute(const Variable& x, std::span<const int> order);
/// Two axes exchanged; without naming them, a matrix by columns.
Variable transpose(const Variable& x, int a = 0, int b = 1);
/// Side by side along one axis; the other sizes must agree.
/// @{
Variable cat(std::span<const Variable> parts, int axis = 0);
inline Variable cat(std::initializer_list<Variable> parts, int axis = 0) { return cat(std::span(parts), axis); }
/// @}
/// Along a new axis; the shapes must agree.
/// @{
Variable stack(std::span<const Variable> parts, int axis = 0);
inline Variable stack(std::initializer_list<Variable> parts, int axis = 0) { return stack(std::span(parts), axis); }
/// @}
/// `count` positions along one axis, from `first`.
Variable narrow(const Variable& x, int axis, Index first, Index count);
/// Zeros, with x at `first` along one axis that is `size` long: the gradient of `narrow`.
Variable pad(const Variable& x, int axis, Index first, Index size);
/// Repeated along axes of size 1 and missing ones: the gradient of `sum_to`.
Variable broadcast_to(const Variable& x, const Shape& shape);
/// Summed over what broadcasting from `shape` repeats: the gradient of `broadcast_to`.
Variable sum_to(const Variable& x, const Shape& shape);

// ---- picking

/// y_i = x at position i (tensor/positions.h).
Variable take(const Variable& x, const Positions& positions, const Shape& shape);
/// Zeros of this shape, with y_i added at position i: the gradient of `take`.
Variable put(const Variable& y, const Positions& positions, const Shape& shape);
/// y[i] = x[indices[i]] along `axis`, with indices of this shape: torch.gather.
Variable gather(const Variable& x, int axis, std::span<const int> indices, const Shape& shape);
/// The rows of W [count, d] that the indices name: [indices, d].
Variable embedding(std::span<const int> indices, const Variable& W);

// ---- images [n, channels, height, width]

/// φ(x * W + b) with W [out, in, kh, kw], b [out] or empty (tensor/convolution.h).
Variable conv2d(const Variable& x, const Variable& W, const Variable& b, Window window = {},
                Activation activation = Activation::none);
/// The transposed convolution of y to images of h × w, with W [in, out, kh, kw]; the gradient of `conv2d` to its input.
Variable conv2d_input(const Variable& y, const Variable& W, const Variable& b, Index h, Index w, Window window = {},
                      Activation activation = Activation::none);
/// The gradient of `conv2d` to its weight.
Variable conv2d_weight(const Variable& x, const Variable& y, Index kh, Index kw, Window window = {});
/// The transposed convolution with the size that PyTorch gives it: (h - 1) stride - 2 padding + kh + output_padding.
Variable conv_transpose2d(const Variable& y, const Variable& W, const Variable& b, Window window = {},
                          Index output_padding = 0, Activation activation = Activation::none);
/// The mean of each kernel × kernel window, which moves by its own size unless a stride is given; zeros of the padding
/// count.
Variable avg_pool2d(const Variable& x, Index kernel, PoolWindow window = {});
/// The largest of each window, to which alone the gradient goes; padding is never chosen.
Variable max_pool2d(const Variable& x, Index kernel, PoolWindow window = {});
/// Each number divided by kernel² and added to its window in an image of h × w: the gradient of `avg_pool2d`.
Variable avg_unpool2d(const Variable& y, Index kernel, Index h, Index w, Window window);
/// Each number becomes a square of factor × factor: nearest-neighbour enlargement.
Variable upsample(const Variable& x, Index factor);

// ---- normalisation

/// (x - m) / √(v + ε) · γ + β with the mean and variance of the last axes, those of γ (of the last one without γ).
/// γ and β may be empty. Ba, Kiros & Hinton 2016.
Variable layer_norm(const Variable& x, const Variable& gamma, const Variable& beta, Number epsilon = 1e-5);
/// Mean and variance of each channel: [channels] each.
struct BatchStatistics {
  Variable mean, variance;
};
/// Those of x [n, channels, …] over batch and positions, the variance divided by their number.
BatchStatistics batch_statistics(const Variable& x);
/// (x - m) / √(v + ε) · γ + β, channel by channel, with given statistics: those of the batch in training, running
/// averages in evaluation mode. Ioffe & Szegedy 2015.
Variable batch_norm(const Variable& x, const BatchStatistics& statistics, const Variable& gamma, const Variable& beta,
                    Number epsilon = 1e-5);

// ---- gradients by convention

/// Each number 0 with probability p, the others divided by 1 - p (Srivastava et al. 2014).
Variable dropout(const Variable& x, Number p, Rng& rng);
/// The nearest whole number; straight-through gradient, as if nothing had been rounded (Bengio, Léonard & Courville
/// 2013).
Variable round_straight_through(const Variable& x);

// ---- losses in one pass

/// Σ (r - x)², over everything. No gradient flows to x unless it requires one.
Variable squared_difference(const Variable& r, const Variable& x);
/// Σ (max(z, 0) - z x + log(1 + e^-|z|)): cross-entropy between targets x in [0, 1] and probabilities σ(z), in nats.
Variable binary_cross_entropy_with_logits(const Variable& z, const Variable& x);
/// Σ ½ (μ² + e^s - 1 - s): KL from N(μ, e^s) to N(0, 1) with s = log σ², in nats (Kingma & Welling 2014, appendix B).
Variable gaussian_kl(const Variable& mu, const Variable& log_variance);
/// Σ ρ log(ρ / a) + (1 - ρ) log((1 - ρ) / (1 - a)): KL from Bernoulli(ρ) to Bernoulli(a), in nats. Throws unless
/// 0 < ρ < 1.
Variable bernoulli_kl(Number rho, const Variable& a);

// ---- on plain tensors: what tensor/ has no kernel for

/// As on Variables, without a gradient.
/// @{
inline Tensor activate(Activation activation, const Tensor& x) { return activate(activation, Variable(x)).value(); }
inline Tensor softmax(const Tensor& x, int axis) { return softmax(Variable(x), axis).value(); }
inline Tensor log_softmax(const Tensor& x, int axis) { return log_softmax(Variable(x), axis).value(); }
inline Tensor logsumexp(const Tensor& x, int axis, Keep keep = Keep::no) {
  return logsumexp(Variable(x), axis, keep).value();
}
inline Tensor top_k(const Tensor& x, Index k) { return top_k(Variable(x), k).value(); }
inline Tensor gather(const Tensor& x, int axis, std::span<const int> indices, const Shape& shape) {
  return gather(Variable(x), axis, indices, shape).value();
}
inline Tensor embedding(std::span<const int> indices, const Tensor& W) {
  return embedding(indices, Variable(W)).value();
}
inline Tensor conv_transpose2d(const Tensor& y, const Tensor& W, const Tensor& b, Window window = {},
                               Index output_padding = 0, Activation activation = Activation::none) {
  return conv_transpose2d(Variable(y), W, b, window, output_padding, activation).value();
}
inline Tensor avg_pool2d(const Tensor& x, Index kernel, PoolWindow window = {}) {
  return avg_pool2d(Variable(x), kernel, window).value();
}
inline Tensor max_pool2d(const Tensor& x, Index kernel, PoolWindow window = {}) {
  return max_pool2d(Variable(x), kernel, window).value();
}
inline Tensor upsample(const Tensor& x, Index factor) { return upsample(Variable(x), factor).value(); }
inline Tensor layer_norm(const Tensor& x, const Tensor& gamma, const Tensor& beta, Number epsilon = 1e-5) {
  return layer_norm(Variable(x), gamma, beta, epsilon).value();
}
inline Tensor dropout(const Tensor& x, Number p, Rng& rng) { return dropout(Variable(x), p, rng).value(); }
/// @}

}  // namespace hourglass::HOURGLASS_BUILD
