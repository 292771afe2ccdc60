#pragma once
#include <array>
#include <string_view>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>
#include <hourglass/tensor/simd.h>
#include <hourglass/tensor/tensor.h>

// For the kernels (tensor/*.cpp) alone: a function of one number or of two, applied to whole tensors.
namespace hourglass::HOURGLASS_BUILD {

/// How many numbers a piece of element-wise work holds: long enough to be worth a thread.
inline constexpr Index chunk = 8192;

template <class F>
HOURGLASS_EVERY_CPU void map_loop(Index n, const Scalar* __restrict x, Scalar* __restrict y, F f) {
  for (Index i = 0; i < n; ++i) y[i] = f(x[i]);
}

// One of a and b may be a single number (step 0).
template <class F>
HOURGLASS_EVERY_CPU void zip_loop(Index n, const Scalar* __restrict a, Index step_a, const Scalar* __restrict b,
                                  Index step_b, Scalar* __restrict y, F f) {
  if (step_a == 1 && step_b == 1) {
    for (Index i = 0; i < n; ++i) y[i] = f(a[i], b[i]);
  } else if (step_a == 1) {
    const Scalar right = *b;
    for (Index i = 0; i < n; ++i) y[i] = f(a[i], right);
  } else if (step_b == 1) {
    const Scalar left = *a;
    for (Index i = 0; i < n; ++i) y[i] = f(left, b[i]);
  } else {
    const Scalar both = f(*a, *b);
    for (Index i = 0; i < n; ++i) y[i] = both;
  }
}

/// y_i = f(x_i). Throws, naming the op, when x is empty.
template <class F>
Tensor map(const Tensor& x, std::string_view op, F f) {
  require(!x.empty(), op, ": the tensor is empty");
  Tensor y(x.shape());
  const Scalar* from = x.data();
  Scalar* to = y.write_();
  parallel_chunks(x.numel(), chunk,
                  [=](Index first, Index last) { map_loop(last - first, from + first, to + first, f); });
  return y;
}

/// How the axes of two operands run side by side: at most four loops, the last one innermost. A step of 0 repeats.
struct Walk {
  int rank = 0;
  std::array<Index, Shape::max_rank> size{}, step_a{}, step_b{};
};
Walk walk(const Shape& out, const Shape& a, const Shape& b);

/// y_i = f(a_i, b_i) in this shape, to which both operands broadcast.
template <class F>
Tensor zip_to(const Shape& shape, const Tensor& a, const Tensor& b, F f) {
  Tensor y(shape);
  const Walk w = walk(shape, a.shape(), b.shape());
  const Scalar *left = a.data(), *right = b.data();
  Scalar* to = y.write_();
  if (w.rank <= 1) {  // one run: equal shapes, or a single number against all
    const Index step_a = w.rank ? w.step_a[0] : 0, step_b = w.rank ? w.step_b[0] : 0;
    parallel_chunks(shape.numel(), chunk, [=](Index first, Index last) {
      zip_loop(last - first, left + first * step_a, step_a, right + first * step_b, step_b, to + first, f);
    });
    return y;
  }
  const auto last_axis = static_cast<std::size_t>(w.rank - 1);
  const Index inner = w.size[last_axis], rows = shape.numel() / inner;
  parallel_chunks(rows, std::max<Index>(1, chunk / inner), [=](Index first, Index last) {
    for (Index row = first; row < last; ++row) {
      Index rest = row, at_a = 0, at_b = 0;
      for (std::size_t axis = last_axis; axis-- > 0; rest /= w.size[axis]) {
        const Index i = rest % w.size[axis];
        at_a += i * w.step_a[axis];
        at_b += i * w.step_b[axis];
      }
      zip_loop(inner, left + at_a, w.step_a[last_axis], right + at_b, w.step_b[last_axis], to + row * inner, f);
    }
  });
  return y;
}

/// y_i = f(a_i, b_i), the smaller operand repeated along missing axes and axes of size 1.
template <class F>
Tensor zip(const Tensor& a, const Tensor& b, std::string_view op, F f) {
  require(!a.empty() && !b.empty(), op, ": the ", a.empty() ? "first" : "second", " operand is empty");
  return zip_to(a.shape() == b.shape() ? a.shape() : broadcast(a.shape(), b.shape(), op), a, b, f);
}

}  // namespace hourglass::HOURGLASS_BUILD
