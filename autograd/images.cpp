#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// Σ over batch and positions: the gradient of a bias
Variable channel_sums(const Variable& z) { return sum(sum(reshape(z, {z.size(0), z.size(1), -1}), 2), 0); }

Variable spread(const Variable& y, Index kernel, Index h, Index w, Window window, Scalar divisor);

// y = Σ x / divisor over each window,   gx: each gy / divisor goes back to its window
Variable pool(const Variable& x, Index kernel, Window window, Scalar divisor) {
  return record("avg_pool2d", avg_pool2d(x.value(), kernel, window, divisor), {x}, Save::nothing,
                [=](Node& n, const Variable& gy) {
                  return spread(gy, kernel, n.input_shape(0)[2], n.input_shape(0)[3], window, divisor);
                });
}

Variable spread(const Variable& y, Index kernel, Index h, Index w, Window window, Scalar divisor) {
  return record("avg_unpool2d", avg_unpool2d(y.value(), kernel, h, w, window, divisor), {y}, Save::nothing,
                [=](Node&, const Variable& gx) { return pool(gx, kernel, window, divisor); });
}

}  // namespace

// A convolution is linear in x and in W. With y' for what its output meets, Σ conv2d(x, W) y' can be read as a form in
// x, in W or in y': each of the three ops below is the gradient of the other two (tensor/convolution.h).

// y = φ(z), z = x * W + b,   gz = gy φ'(z),   gx = conv2d_input(gz, W),   gW = conv2d_weight(x, gz),   gb = Σ gz
Variable conv2d(const Variable& x, const Variable& W, const Variable& b, Window window, Activation activation) {
  if (!activation.is_fused()) return activate(activation, conv2d(x, W, b, window));
  const Save save = activation == Activation::none ? Save::inputs : Save::both;
  return record("conv2d", conv2d(x.value(), W.value(), b.value(), window, activation), {x, W, b}, save,
                [=](Node& n, const Variable& gy) {
                  const Variable gz = activation == Activation::none ? gy : activation_grad(activation, gy, n.output());
                  const Shape &x = n.input_shape(0), &W = n.input_shape(1);
                  return Gradients{
                      n.needs(0) ? conv2d_input(gz, n.input(1), Variable(), x[2], x[3], window) : Variable(),
                      n.needs(1) ? conv2d_weight(n.input(0), gz, W[2], W[3], window) : Variable(),
                      n.needs(2) ? channel_sums(gz) : Variable()};
                });
}

// x = φ(z), z = the transposed convolution of y,   gz = gx φ'(z),   gy = conv2d(gz, W),   gW = conv2d_weight(gz, y)
Variable conv2d_input(const Variable& y, const Variable& W, const Variable& b, Index h, Index w, Window window,
                      Activation activation) {
  if (!activation.is_fused()) return activate(activation, conv2d_input(y, W, b, h, w, window));
  const Save save = activation == Activation::none ? Save::inputs : Save::both;
  return record("conv2d_input", conv2d_input(y.value(), W.value(), b.value(), h, w, window, activation), {y, W, b},
                save, [=](Node& n, const Variable& gx) {
                  const Variable gz = activation == Activation::none ? gx : activation_grad(activation, gx, n.output());
                  const Shape& W = n.input_shape(1);
                  return Gradients{n.needs(0) ? conv2d(gz, n.input(1), Variable(), window) : Variable(),
                                   n.needs(1) ? conv2d_weight(gz, n.input(0), W[2], W[3], window) : Variable(),
                                   n.needs(2) ? channel_sums(gz) : Variable()};
                });
}

// W = Σ_images x · y,   gx = conv2d_input(y, gW),   gy = conv2d(x, gW)
Variable conv2d_weight(const Variable& x, const Variable& y, Index kh, Index kw, Window window) {
  return record("conv2d_weight", conv2d_weight(x.value(), y.value(), kh, kw, window), {x, y}, Save::inputs,
                [=](Node& n, const Variable& gW) {
                  const Shape& x = n.input_shape(0);
                  return Gradients{
                      n.needs(0) ? conv2d_input(n.input(1), gW, Variable(), x[2], x[3], window) : Variable(),
                      n.needs(1) ? conv2d(n.input(0), gW, Variable(), window) : Variable()};
                });
}

Variable conv_transpose2d(const Variable& y, const Variable& W, const Variable& b, Window window, Index output_padding,
                          Activation activation) {
  const auto side = [&](int axis) {
    return (y.size(axis) - 1) * window.stride - 2 * window.padding + W.size(axis) + output_padding;
  };
  require(y.dim() == 4 && W.dim() == 4, "conv_transpose2d: ", y.shape(), " and W ", W.shape(),
          ": both must have four axes");
  return conv2d_input(y, W, b, side(2), side(3), window, activation);
}

Variable avg_pool2d(const Variable& x, Index kernel, PoolWindow window) {
  return pool(x, kernel, window.of(kernel), static_cast<Scalar>(kernel * kernel));
}

Variable avg_unpool2d(const Variable& y, Index kernel, Index h, Index w, Window window) {
  return spread(y, kernel, h, w, window, static_cast<Scalar>(kernel * kernel));
}

// y = the largest of each window; the gradient goes to its position
Variable max_pool2d(const Variable& x, Index kernel, PoolWindow window) {
  Shape pooled;
  const Positions best = max_pool_positions(x.value(), kernel, window.of(kernel), pooled);
  return take(x, best, pooled);
}

// each number becomes a square of factor × factor
Variable upsample(const Variable& x, Index factor) {
  require(x.dim() == 4 && factor >= 1, "upsample: ", x.shape(), " by ", factor,
          ": expected a batch of images and a factor of at least 1");
  return spread(x, factor, x.size(2) * factor, x.size(3) * factor, {factor, 0}, 1);
}

}  // namespace hourglass::HOURGLASS_BUILD
