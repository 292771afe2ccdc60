#include <hourglass/tensor/reduce.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// A fixed number of running sums side by side, so that the order is the same whatever the vector width.
constexpr Index lanes = 16;

HOURGLASS_EVERY_CPU double sum_run(Index n, const Scalar* x) {
  // hole run: Σ x of n neighbouring numbers, in double
  std::array<double, lanes> lane{};
  Index i = 0;
  for (; i + lanes <= n; i += lanes)
    for (Index j = 0; j < lanes; ++j) lane[static_cast<std::size_t>(j)] += static_cast<double>(x[i + j]);
  for (Index j = 0; i < n; ++i, ++j) lane[static_cast<std::size_t>(j)] += static_cast<double>(x[i]);
  return std::accumulate(lane.begin(), lane.end(), 0.0);
  // end of hole
}

struct Sum {
  static double start() { return 0; }
  static double join(double a, Scalar b) { return a + static_cast<double>(b); }
};

// The largest number for a sign of 1, the smallest for -1; NaN stays NaN.
template <int sign>
struct Extreme {
  static Scalar start() { return -sign * std::numeric_limits<Scalar>::infinity(); }
  static Scalar join(Scalar a, Scalar b) {
    // hole extreme: the larger of two numbers for a sign of 1, the smaller for -1, and NaN if one is NaN
    return sign * a >= sign * b ? a : sign * a < sign * b ? b : a + b;
    // end of hole
  }
};

// `width` neighbouring columns of x [n, stride], each folded from top to bottom and divided.
template <class Fold>
HOURGLASS_EVERY_CPU void fold_columns(Index n, Index stride, Index width, const Scalar* __restrict x,
                                      Scalar* __restrict y, Index divisor) {
  constexpr Index wide = 64;
  using Total = decltype(Fold::start());
  for (Index first = 0; first < width; first += wide) {
    const Index count = std::min(wide, width - first);
    std::array<Total, static_cast<std::size_t>(wide)> total;
    total.fill(Fold::start());
    // hole columns: join the numbers of each column, from top to bottom
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < count; ++j)
        total[static_cast<std::size_t>(j)] = Fold::join(total[static_cast<std::size_t>(j)], x[i * stride + first + j]);
    // end of hole
    for (Index j = 0; j < count; ++j)
      y[first + j] = static_cast<Scalar>(total[static_cast<std::size_t>(j)] / static_cast<Total>(divisor));
  }
}

// x seen as [outer, n, inner], folded over n and divided.
template <class Fold>
Tensor fold(const Tensor& x, int axis, Keep keep, std::string_view op, Index divisor) {
  require(!x.empty(), op, ": the tensor is empty");
  axis = x.shape().axis(axis, op);
  const Index n = x.size(axis), inner = x.shape().stride(axis), outer = x.numel() / (n * inner);
  Tensor y(keep == Keep::yes ? x.shape().with(axis, 1) : x.shape().without(axis));
  const Scalar* from = x.data();
  Scalar* to = y.write_();
  // A piece is a run of columns of one outer slice; where there are many slices, several of them.
  const Index width = std::min<Index>(inner, 128), across = (inner + width - 1) / width;
  parallel_chunks(outer * across, std::max<Index>(1, chunk / (n * width)), [=](Index first, Index last) {
    for (Index piece = first; piece < last; ++piece) {
      const Index slice = piece / across, column = piece % across * width;
      fold_columns<Fold>(n, inner, std::min(width, inner - column), from + slice * n * inner + column,
                         to + slice * inner + column, divisor);
    }
  });
  return y;
}

// Σ x / divisor over everything, and along one axis; the sum is kept in double until it has been divided.
Tensor sum_all(const Tensor& x, std::string_view op, Index divisor) {
  require(!x.empty(), op, ": the tensor is empty");
  const Index pieces = (x.numel() + chunk - 1) / chunk;
  memory::Vector<double> part(static_cast<std::size_t>(pieces));
  const Scalar* from = x.data();
  parallel_chunks(x.numel(), chunk, [&](Index first, Index last) {
    part[static_cast<std::size_t>(first / chunk)] = sum_run(last - first, from + first);
  });
  const double total = std::accumulate(part.begin(), part.end(), 0.0);
  return Tensor::scalar(static_cast<Scalar>(total / static_cast<double>(divisor)));
}

Tensor sum_along(const Tensor& x, int axis, Keep keep, std::string_view op, bool average) {
  require(!x.empty(), op, ": the tensor is empty");
  axis = x.shape().axis(axis, op);
  const Index n = x.size(axis), divisor = average ? n : 1;
  if (axis + 1 < x.dim()) return fold<Sum>(x, axis, keep, op, divisor);
  Tensor y(keep == Keep::yes ? x.shape().with(axis, 1) : x.shape().without(axis));  // along the last axis: runs of n
  const Scalar* from = x.data();
  Scalar* to = y.write_();
  parallel_chunks(y.numel(), std::max<Index>(1, chunk / n), [=](Index first, Index last) {
    // hole rows: the sum of each row of n numbers, divided
    for (Index row = first; row < last; ++row)
      to[row] = static_cast<Scalar>(sum_run(n, from + row * n) / static_cast<double>(divisor));
    // end of hole
  });
  return y;
}

}  // namespace

Tensor sum(const Tensor& x) { return sum_all(x, "sum", 1); }

Tensor sum(const Tensor& x, int axis, Keep keep) { return sum_along(x, axis, keep, "sum", false); }

Tensor mean(const Tensor& x) { return sum_all(x, "mean", x.numel()); }

Tensor mean(const Tensor& x, int axis, Keep keep) { return sum_along(x, axis, keep, "mean", true); }

Tensor amax(const Tensor& x, int axis, Keep keep) { return fold<Extreme<1>>(x, axis, keep, "amax", 1); }

Tensor amin(const Tensor& x, int axis, Keep keep) { return fold<Extreme<-1>>(x, axis, keep, "amin", 1); }

Tensor row_max(const Tensor& x, int axis, const char* op) { return fold<Extreme<1>>(x, axis, Keep::yes, op, 1); }

memory::Vector<int> from_last(const Shape& shape, std::initializer_list<int> axes, std::string_view op) {
  require(axes.size() > 0, op, ": no axis given");
  memory::Vector<int> sorted;
  for (int axis : axes) sorted.push_back(shape.axis(axis, op));
  std::sort(sorted.begin(), sorted.end(), std::greater<int>());
  require(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), op, ": an axis of ", shape,
          " is named twice");
  return sorted;
}

std::vector<int> argmax(const Tensor& x, int axis) {
  require(!x.empty(), "argmax: the tensor is empty");
  axis = x.shape().axis(axis, "argmax");
  const Index n = x.size(axis), inner = x.shape().stride(axis);
  std::vector<int> found(static_cast<std::size_t>(x.numel() / n));
  for (Index row = 0; row < x.numel() / n; ++row) {
    const Scalar* run = x.data() + row / inner * inner * n + row % inner;
    Index best = 0;
    // hole argmax: the position of the largest of n numbers, the first of equals; a NaN counts as the largest
    for (Index i = 1; i < n && run[best * inner] == run[best * inner]; ++i)  // a NaN ends it, too
      if (!(run[i * inner] <= run[best * inner])) best = i;
    // end of hole
    found[static_cast<std::size_t>(row)] = static_cast<int>(best);
  }
  return found;
}

Tensor sum_to(const Tensor& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  if (shape.numel() == 1 && shape.dim() <= x.dim()) return sum(x).reshape(shape);
  Tensor y = x;
  // hole sum_to: sum x over every axis along which `shape` was repeated
  while (y.dim() > shape.dim()) y = sum(y, 0);
  for (int axis = 0; axis < shape.dim(); ++axis)
    if (y.dim() == shape.dim() && shape[axis] == 1 && y.size(axis) != 1) y = sum(y, axis, Keep::yes);
  // end of hole
  require(y.shape() == shape, "sum_to: ", x.shape(), " is not what ", shape, " broadcasts to");
  return y;
}

Tensor broadcast_to(const Tensor& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  require(broadcast(x.shape(), shape, "broadcast_to") == shape, "broadcast_to: ", x.shape(), " does not broadcast to ",
          shape);
  return zip_to(shape, x, x, [](Scalar v, Scalar) { return v; });
}

Tensor top_k_mask(const Tensor& x, Index k) {
  require(x.dim() >= 1, "top_k: ", x.shape(), " has no rows");
  const Index n = x.size(x.dim() - 1);
  require(k >= 1 && k <= n, "top_k: k = ", k, " of ", x.shape(), ", whose rows hold ", n);
  Tensor mask = Tensor::zeros(x.shape());
  const Scalar* from = x.data();
  Scalar* to = mask.write_();
  parallel_chunks(x.numel() / n, std::max<Index>(1, chunk / n), [=](Index first, Index last) {
    memory::Vector<Index> order(static_cast<std::size_t>(n));
    for (Index row = first; row < last; ++row) {
      const Scalar* values = from + row * n;
      std::iota(order.begin(), order.end(), Index{0});
      std::nth_element(order.begin(), order.begin() + (k - 1), order.end(), [=](Index i, Index j) {
        const Scalar a = values[i], b = values[j];
        return a > b || (a == b && i < j) || (a != a && (b == b || i < j));  // NaN before every number
      });
      for (Index i = 0; i < k; ++i) to[row * n + order[static_cast<std::size_t>(i)]] = 1;
    }
  });
  return mask;
}

}  // namespace hourglass::HOURGLASS_BUILD
