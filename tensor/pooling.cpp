#include <hourglass/tensor/convolution.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

Index pooled_size(Index size, Index kernel, Window window, const char* op) {
  require(kernel >= 1 && window.stride >= 1 && window.padding >= 0 && 2 * window.padding <= kernel, op, ": kernel ",
          kernel, ", stride ", window.stride, ", padding ", window.padding,
          ": expected at least 1, at least 1, and at most half the kernel");
  return positions_along(size, kernel, window, op);
}

Shape pooled_shape(const Tensor& x, Index kernel, Window window, const char* op) {
  require(!x.empty() && x.dim() == 4, op, ": ", x.shape(), " is not a batch of images [n, channels, height, width]");
  return {x.size(0), x.size(1), pooled_size(x.size(2), kernel, window, op), pooled_size(x.size(3), kernel, window, op)};
}

// visit(out, in) for the position of each pooled number and each position of its window that lies inside the image.
template <class Visit>
void each_window(const Shape& full, const Shape& pooled, Index kernel, Window window, const Visit& visit) {
  const Index h = full[2], w = full[3], ph = pooled[2], pw = pooled[3];
  parallel_chunks(full[0] * full[1], 8, [&](Index first, Index last) {
    for (Index image = first; image < last; ++image)
      for (Index p = 0; p < ph; ++p)
        for (Index q = 0; q < pw; ++q)
          for (Index i = 0; i < kernel; ++i)
            for (Index j = 0; j < kernel; ++j) {
              const Index y = p * window.stride + i - window.padding, x = q * window.stride + j - window.padding;
              if (y >= 0 && y < h && x >= 0 && x < w) visit((image * ph + p) * pw + q, (image * h + y) * w + x);
            }
  });
}

}  // namespace

Tensor avg_pool2d(const Tensor& x, Index kernel, Window window, Scalar divisor) {
  Tensor y = Tensor::zeros(pooled_shape(x, kernel, window, "avg_pool2d"));
  const Scalar* from = x.data();
  Scalar* to = y.write_();
  each_window(x.shape(), y.shape(), kernel, window, [=](Index out, Index in) { to[out] += from[in]; });
  return div(y, divisor);
}

Tensor avg_unpool2d(const Tensor& y, Index kernel, Index h, Index w, Window window, Scalar divisor) {
  require(y.dim() == 4, "avg_unpool2d: ", y.shape(), " is not a batch of images [n, channels, height, width]");
  Tensor x = Tensor::zeros({y.size(0), y.size(1), h, w});
  require(pooled_shape(x, kernel, window, "avg_unpool2d") == y.shape(), "avg_unpool2d: ", y.shape(), " is not what ",
          x.shape(), " gives");
  const Tensor share = div(y, divisor);
  const Scalar* from = share.data();
  Scalar* to = x.write_();
  each_window(x.shape(), y.shape(), kernel, window, [=](Index out, Index in) { to[in] += from[out]; });
  return x;
}

Positions max_pool_positions(const Tensor& x, Index kernel, Window window, Shape& pooled) {
  pooled = pooled_shape(x, kernel, window, "max_pool2d");
  const auto best = make_positions(pooled.numel());
  const Scalar* from = x.data();
  Index* to = best->data();
  each_window(x.shape(), pooled, kernel, window, [=](Index out, Index in) {
    if (to[out] < 0 || from[in] > from[to[out]] || from[in] != from[in]) to[out] = in;
  });
  return best;
}

}  // namespace hourglass::HOURGLASS_BUILD
