#pragma once
#include <span>

#include <hourglass/autograd/variable.h>
#include <hourglass/tensor/convolution.h>
#include <hourglass/tensor/gather.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>

// The differentiable ops. Each computes its value at once and remembers its rule (`record`); each rule is made of ops
// again, so that a gradient can be differentiated too. All throw, naming the op and the shapes, when shapes do not fit.
// The formulas stand beside the definitions: arithmetic.cpp, functions.cpp, activations.cpp, products.cpp,
// reductions.cpp, shaping.cpp, gather.cpp, images.cpp, normalization.cpp, conventions.cpp, losses.cpp.
namespace hourglass::HOURGLASS_BUILD {

// ---- arithmetic; the smaller operand is repeated along missing axes and axes of size 1

/// a + b, a - b, a b, a / b, number by number.
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
Variable affine(const Variable& x, Scalar scale, Scalar shift = 0);
/// x / c, rounded once.
Variable div(const Variable& x, Scalar c);
/// a / m where the mask m is not 0, else 0, whatever a is: masks select. No gradient flows to m.
Variable masked_div(const Variable& a, const Tensor& m);

/// `add`, `sub`, `mul` and `div`; where one side is a number, `affine`, and `div` by it.
/// @{
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
inline Variable operator/(const Variable& x, Scalar c) { return div(x, c); }
/// @}

// ---- functions of one number

/// e^x, e^x - 1 (precise near 0), the natural logarithm, √x. The gradients of the latter two are infinite at 0.
/// @{
Variable exp(const Variable& x);
Variable expm1(const Variable& x);
Variable log(const Variable& x);
Variable sqrt(const Variable& x);
/// @}
/// |x|, with gradient 0 at 0.
Variable abs(const Variable& x);
/// x^p for a constant p.
Variable pow(const Variable& x, Scalar p);
/// x²
inline Variable square(const Variable& x) { return pow(x, 2); }
/// x kept within [low, high]; no gradient outside. Throws unless low <= high.
Variable clamp(const Variable& x, Scalar low, Scalar high);

// ---- activations

/// max(x, 0), with gradient 0 at 0 (Nair & Hinton 2010).
Variable relu(const Variable& x);
/// x where it is positive, else slope · x (Maas, Hannun & Ng 2013). Throws on a negative slope.
Variable leaky_relu(const Variable& x, Scalar slope = Scalar(0.01));
/// x where it is positive, else α (e^x - 1) (Clevert, Unterthiner & Hochreiter 2016). Throws on a negative α.
Variable elu(const Variable& x, Scalar alpha = 1);
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
/// One of them by its name; leaky ReLU has the slope `leaky_slope`.
Variable activate(Activation activation, const Variable& x);
/// e^x / Σ e^x along one axis.
Variable softmax(const Variable& x, int axis = -1);
/// x - log Σ e^x along one axis, without overflow.
Variable log_softmax(const Variable& x, int axis = -1);

/// The gradients of activations in one pass, ops themselves: gy · dy/dx from the output y (or the input x).
/// @{
Variable relu_grad(const Variable& gy, const Variable& y);
Variable leaky_relu_grad(const Variable& gy, const Variable& y, Scalar slope);
Variable elu_grad(const Variable& gy, const Variable& x, Scalar alpha);
Variable gelu_grad(const Variable& gy, const Variable& x);
Variable silu_grad(const Variable& gy, const Variable& x);
Variable sigmoid_grad(const Variable& gy, const Variable& y);
Variable tanh_grad(const Variable& gy, const Variable& y);
/// @}
/// That of an activation by its name. Throws on those that need the input: gelu and silu.
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
/// The mean of everything, rank 0, and along one axis.
/// @{
Variable mean(const Variable& x);
Variable mean(const Variable& x, int axis, bool keep = false);
/// @}
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
/// @{
Variable permute(const Variable& x, std::span<const int> order);
inline Variable permute(const Variable& x, std::initializer_list<int> order) {
  return permute(x, std::span<const int>(order.begin(), order.size()));
}
/// @}
/// A matrix by columns.
Variable transpose(const Variable& x);
/// Side by side along one axis; the other sizes must agree.
/// @{
Variable concat(std::span<const Variable> parts, int axis);
inline Variable concat(std::initializer_list<Variable> parts, int axis) {
  return concat(std::span<const Variable>(parts.begin(), parts.size()), axis);
}
/// @}
/// `count` places along one axis, from `first`.
Variable slice(const Variable& x, int axis, Index first, Index count);
/// Zeros, with x at `first` along one axis that is `size` long: the gradient of `slice`.
Variable place(const Variable& x, int axis, Index first, Index size);
/// Repeated along axes of size 1 and missing ones: the gradient of `sum_to`.
Variable broadcast_to(const Variable& x, const Shape& shape);
/// Summed over what broadcasting from `shape` repeats: the gradient of `broadcast_to`.
Variable sum_to(const Variable& x, const Shape& shape);

// ---- picking

/// y_i = x at position i (tensor/gather.h).
Variable take(const Variable& x, const Positions& positions, const Shape& shape);
/// Zeros of this shape, with y_i added at position i: the gradient of `take`.
Variable put(const Variable& y, const Positions& positions, const Shape& shape);
/// Along `axis`, the place that each of the indices (of this shape) says: torch.gather.
Variable gather(const Variable& x, int axis, std::span<const int> indices, const Shape& shape);
/// The rows of W [count, d] that the indices name: [indices, d].
Variable embedding(const Variable& W, std::span<const int> indices);

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
/// The mean of each kernel × kernel window; zeros of the padding count.
Variable average_pool(const Variable& x, Index kernel, Window window);
/// The largest of each window, to which alone the gradient goes; padding never wins.
Variable max_pool(const Variable& x, Index kernel, Window window);
/// Each number divided by kernel² and added to its window in an image of h × w: the gradient of `average_pool`.
Variable average_unpool(const Variable& y, Index kernel, Index h, Index w, Window window);
/// Each number becomes a square of factor × factor: nearest-neighbour enlargement.
Variable upsample(const Variable& x, Index factor);

// ---- normalisation

/// (x - m) / √(v + ε) · γ + β with the mean and variance of the last axes, those of γ (of the last one without γ).
/// γ and β may be empty. Ba, Kiros & Hinton 2016.
Variable layer_norm(const Variable& x, const Variable& gamma, const Variable& beta, Scalar epsilon = Scalar(1e-5));
/// What batch normalisation knows of each channel: [channels] each.
struct BatchStatistics {
  Variable mean, variance;
};
/// Those of x [n, channels, …] over batch and places, the variance divided by their number.
BatchStatistics batch_statistics(const Variable& x);
/// (x - m) / √(v + ε) · γ + β, channel by channel, with given statistics: those of the batch in training, running ones
/// in use. Ioffe & Szegedy 2015.
Variable batch_norm(const Variable& x, const BatchStatistics& statistics, const Variable& gamma, const Variable& beta,
                    Scalar epsilon = Scalar(1e-5));

// ---- gradients by convention

/// Each number 0 with probability p, the others divided by 1 - p (Srivastava et al. 2014).
Variable dropout(const Variable& x, Scalar p, Rng& rng);
/// The same numbers; no gradient flows through.
Variable stop_gradient(const Variable& x);
/// The nearest whole number; the gradient flows as if nothing had been rounded (Bengio, Léonard & Courville 2013).
Variable round_straight_through(const Variable& x);

// ---- losses in one pass

/// Σ (r - x)², over everything. No gradient flows to x unless it requires one.
Variable squared_difference(const Variable& r, const Variable& x);
/// Σ (max(z, 0) - z x + log(1 + e^-|z|)): cross-entropy between targets x in [0, 1] and probabilities σ(z), in nats.
Variable cross_entropy_with_logits(const Variable& z, const Variable& x);
/// Σ ½ (μ² + e^s - 1 - s): KL from N(μ, e^s) to N(0, 1) with s = log σ², in nats (Kingma & Welling 2014, appendix B).
Variable gaussian_kl(const Variable& mu, const Variable& log_variance);
/// Σ ρ log(ρ / a) + (1 - ρ) log((1 - ρ) / (1 - a)): KL from Bernoulli(ρ) to Bernoulli(a), in nats. Throws unless
/// 0 < ρ < 1.
Variable bernoulli_kl(Scalar rho, const Variable& a);

}  // namespace hourglass::HOURGLASS_BUILD
