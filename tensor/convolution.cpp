#include <hourglass/tensor/convolution.h>

#include <algorithm>
#include <type_traits>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/finish.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/reduce.h>
#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// One image of x [c, h, w] beside its windows: each of `patch` = c · kh · kw numbers, `positions` = ph · pw of them.
struct Geometry {
  Index c, h, w, kh, kw, ph, pw;
  Window window;
  Index patch() const { return c * kh * kw; }
  Index positions() const { return ph * pw; }
  Index image() const { return c * h * w; }
  Index padded_h() const { return h + 2 * window.padding; }
  Index padded_w() const { return w + 2 * window.padding; }
  Index padded() const { return c * padded_h() * padded_w(); }
  // where row y of channel c begins between its zeros
  Index padded_row(Index channel, Index y) const { return (channel * padded_h() + y + window.padding) * padded_w(); }
};

// The image between zeros, as wide as `padding`: no window runs out of it.
void pad(const Geometry& g, const Scalar* image, Scalar* padded) {
  std::fill_n(padded, g.padded(), Scalar{0});
  for (Index row = 0; row < g.c * g.h; ++row)
    std::copy_n(image + row * g.w, g.w, padded + g.padded_row(row / g.h, row % g.h) + g.window.padding);
}

// The way back.
void unpad(const Geometry& g, const Scalar* padded, Scalar* image) {
  for (Index row = 0; row < g.c * g.h; ++row)
    std::copy_n(padded + g.padded_row(row / g.h, row % g.h) + g.window.padding, g.w, image + row * g.w);
}

// Calls move(column, number) for each number of `columns` [patch, positions] and the one of the padded image that it
// stands for: row (c, i, j) holds what weight (c, i, j) is multiplied with at each position.
template <class Stride, class Column, class Number, class Move>
[[gnu::always_inline]] inline void each_meeting(const Geometry& g, Stride stride, Column* columns, Number* padded,
                                                const Move& move) {
  for (Index c = 0; c < g.c; ++c)
    for (Index i = 0; i < g.kh; ++i)
      for (Index j = 0; j < g.kw; ++j)
        for (Index p = 0; p < g.ph; ++p, columns += g.pw) {
          Number* row = padded + (c * g.padded_h() + p * stride + i) * g.padded_w() + j;
          for (Index q = 0; q < g.pw; ++q) move(columns[q], row[q * stride]);
        }
}

// The same with the usual strides as constants, so that the compiler shuffles whole registers.
template <class Column, class Number, class Move>
[[gnu::always_inline]] inline void each_meeting(const Geometry& g, Column* columns, Number* padded, const Move& move) {
  if (g.window.stride == 1) return each_meeting(g, std::integral_constant<Index, 1>{}, columns, padded, move);
  if (g.window.stride == 2) return each_meeting(g, std::integral_constant<Index, 2>{}, columns, padded, move);
  each_meeting(g, g.window.stride, columns, padded, move);
}

HOURGLASS_EVERY_CPU void gather(const Geometry& g, const Scalar* __restrict padded, Scalar* __restrict columns) {
  each_meeting(g, columns, padded, [](Scalar& column, const Scalar& number) { column = number; });
}

HOURGLASS_EVERY_CPU void scatter(const Geometry& g, const Scalar* __restrict columns, Scalar* __restrict padded) {
  each_meeting(g, columns, padded, [](const Scalar& column, Scalar& number) { number += column; });
}

// Room for one image at a time on its way through a convolution.
struct Windows {
  Geometry g;
  memory::Vector<Scalar> columns, padded;

  explicit Windows(const Geometry& geometry)
      : g(geometry),
        columns(static_cast<std::size_t>(g.patch() * g.positions())),
        padded(static_cast<std::size_t>(g.padded())) {}
  // columns [patch, positions] from an image
  const Scalar* unfold(const Scalar* image) {
    pad(g, image, padded.data());
    gather(g, padded.data(), columns.data());
    return columns.data();
  }
  // the way back: what stands in the columns is added up in the image
  void fold(Scalar* image) {
    std::fill(padded.begin(), padded.end(), Scalar{0});
    scatter(g, columns.data(), padded.data());
    unpad(g, padded.data(), image);
  }
};

constexpr Index images_a_piece = 8;

void check_images(const Tensor& x, const char* name, std::string_view op) {
  require(!x.empty() && x.dim() == 4, op, ": ", name, " ", x.shape(),
          " is not a batch of images [n, channels, height, width]");
}

Geometry checked_geometry(const Shape& x, const Shape& W, Window window, std::string_view op) {
  require(x[1] == W[1], op, ": ", x, " with W ", W, ": channels ", x[1], " and ", W[1], " differ");
  const auto along = [&](int axis) { return positions_along(x[axis], W[axis], window, op); };
  return {x[1], x[2], x[3], W[2], W[3], along(2), along(3), window};
}

void check_bias(const Tensor& b, Index channels, std::string_view op) {
  require(b.empty() || b.shape() == Shape{channels}, op, ": the bias ", b.shape(), " must be [", channels, "]");
}

}  // namespace

Index positions_along(Index size, Index kernel, Window window, std::string_view op) {
  require(window.stride >= 1 && window.padding >= 0, op, ": stride ", window.stride, " and padding ", window.padding,
          ", expected at least 1 and at least 0");
  require(size + 2 * window.padding >= kernel, op, ": a kernel of ", kernel, " does not fit into ", size,
          " with padding ", window.padding);
  return (size + 2 * window.padding - kernel) / window.stride + 1;
}

Tensor conv2d(const Tensor& x, const Tensor& W, const Tensor& b, Window window, Activation activation) {
  check_images(x, "x", "conv2d");
  check_images(W, "W", "conv2d");
  const Geometry g = checked_geometry(x.shape(), W.shape(), window, "conv2d");
  const Index n = x.size(0), o = W.size(0);
  check_bias(b, o, "conv2d");
  Tensor y({n, o, g.ph, g.pw});
  const Scalar *from = x.data(), *weight = W.data(), *bias = b.empty() ? nullptr : b.data();
  Scalar* to = y.write_();
  parallel_chunks(n, images_a_piece, [&](Index first, Index last) {
    Windows windows(g);
    for (Index i = first; i < last; ++i) {  // [o, positions] = W [o, patch] · columns [patch, positions]
      Scalar* out = to + i * o * g.positions();
      const Scalar* columns = windows.unfold(from + i * g.image());
      multiply_block({o, g.positions(), g.patch()}, weight, Transpose::no, columns, Transpose::no, out, Add::no);
      finish_channels(o, g.positions(), bias, activation, out);
    }
  });
  return y;
}

Tensor conv2d_input(const Tensor& y, const Tensor& W, const Tensor& b, Index h, Index w, Window window,
                    Activation activation) {
  check_images(y, "y", "conv2d_input");
  check_images(W, "W", "conv2d_input");
  const Index n = y.size(0), o = W.size(0);
  require(y.size(1) == o, "conv2d_input: ", y.shape(), " with W ", W.shape(), ": channels ", y.size(1), " and ", o,
          " differ");
  const Shape out{n, W.size(1), h, w};
  const Geometry g = checked_geometry(out, W.shape(), window, "conv2d_input");
  require(y.size(2) == g.ph && y.size(3) == g.pw, "conv2d_input: ", y.shape(), " is not what an image of ", h, " x ", w,
          " gives, which is ", g.ph, " x ", g.pw);
  check_bias(b, g.c, "conv2d_input");
  Tensor x(out);
  const Scalar *from = y.data(), *weight = W.data(), *bias = b.empty() ? nullptr : b.data();
  Scalar* to = x.write_();
  parallel_chunks(n, images_a_piece, [&](Index first, Index last) {
    Windows windows(g);
    for (Index i = first; i < last; ++i) {  // columns [patch, positions] = Wᵀ [patch, o] · y [o, positions]
      Scalar* image = to + i * g.image();
      multiply_block({g.patch(), g.positions(), o}, weight, Transpose::yes, from + i * o * g.positions(), Transpose::no,
                     windows.columns.data(), Add::no);
      windows.fold(image);
      finish_channels(g.c, h * w, bias, activation, image);
    }
  });
  return x;
}

Tensor conv2d_weight(const Tensor& x, const Tensor& y, Index kh, Index kw, Window window) {
  check_images(x, "x", "conv2d_weight");
  check_images(y, "y", "conv2d_weight");
  const Index n = x.size(0), o = y.size(1);
  const Shape shape{o, x.size(1), kh, kw};
  const Geometry g = checked_geometry(x.shape(), shape, window, "conv2d_weight");
  require(y.shape() == Shape({n, o, g.ph, g.pw}), "conv2d_weight: ", x.shape(), " and ", y.shape(),
          " do not belong together: expected [", n, ", ", o, ", ", g.ph, ", ", g.pw, "]");
  const Index pieces = (n + images_a_piece - 1) / images_a_piece;
  Tensor part = Tensor::zeros({pieces, shape.numel()});  // each piece sums its images; the pieces are summed in order
  const Scalar *from = x.data(), *gradient = y.data();
  Scalar* to = part.write_();
  parallel_chunks(n, images_a_piece, [&](Index first, Index last) {
    Windows windows(g);
    for (Index i = first; i < last; ++i) {  // [o, patch] += y [o, positions] · columnsᵀ [positions, patch]
      const Scalar* columns = windows.unfold(from + i * g.image());
      multiply_block({o, g.patch(), g.positions()}, gradient + i * o * g.positions(), Transpose::no, columns,
                     Transpose::yes, to + first / images_a_piece * shape.numel(), Add::yes);
    }
  });
  return sum(part, 0).reshape(shape);
}

}  // namespace hourglass::HOURGLASS_BUILD
