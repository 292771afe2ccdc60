#include <hourglass/tensor/layout.h>

#include <algorithm>
#include <numeric>

#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// Copies `count` positions along an axis, those of x from `x_first` on to those of y from `y_first` on.
void copy_along(int axis, const Tensor& x, Index x_first, Tensor& y, Index y_first, Index count) {
  const Index inner = x.shape().stride(axis), from_run = x.size(axis) * inner, to_run = y.size(axis) * inner;
  const Scalar* from = x.data() + x_first * inner;
  Scalar* to = y.write_() + y_first * inner;
  for (Index i = 0; i < x.numel() / from_run; ++i) std::copy_n(from + i * from_run, count * inner, to + i * to_run);
}

}  // namespace

Tensor permute(const Tensor& x, const Order& order) {
  require(!x.empty(), "permute: the tensor is empty");
  std::array<Index, Shape::max_rank> sizes{}, steps{};
  std::array<bool, Shape::max_rank> named{};
  const auto rank = static_cast<std::size_t>(x.dim());
  for (std::size_t i = 0; i < rank; ++i) {
    const int axis = x.shape().axis(order[i], "permute");
    require(!named[static_cast<std::size_t>(axis)], "permute: axis ", axis, " of ", x.shape(), " is named twice");
    named[static_cast<std::size_t>(axis)] = true;
    sizes[i] = x.size(axis);
    steps[i] = x.shape().stride(axis);
  }
  Tensor y(Shape(std::span<const Index>(sizes.data(), rank)));
  if (rank == 0) return x;
  const Index inner = sizes[rank - 1], inner_step = steps[rank - 1];
  const Scalar* from = x.data();
  Scalar* to = y.write_();
  parallel_chunks(y.numel() / inner, std::max<Index>(1, 16384 / inner), [=](Index first, Index last) {
    for (Index row = first; row < last; ++row) {
      Index rest = row, at = 0;
      for (std::size_t axis = rank - 1; axis-- > 0; rest /= sizes[axis]) at += rest % sizes[axis] * steps[axis];
      for (Index i = 0; i < inner; ++i) to[row * inner + i] = from[at + i * inner_step];
    }
  });
  return y;
}

Tensor permute(const Tensor& x, std::span<const int> order) { return permute(x, order_of(x.shape(), order)); }

Order order_of(const Shape& shape, std::span<const int> order) {
  require(static_cast<int>(order.size()) == shape.dim(), "permute: ", order.size(), " axes named for ", shape);
  Order all{};
  std::copy(order.begin(), order.end(), all.begin());
  return all;
}

Order exchanged(const Shape& shape, int a, int b) {
  Order order{};
  std::iota(order.begin(), order.end(), 0);
  std::swap(order[static_cast<std::size_t>(shape.axis(a, "transpose"))],
            order[static_cast<std::size_t>(shape.axis(b, "transpose"))]);
  return order;
}

Tensor transpose(const Tensor& x, int a, int b) { return permute(x, exchanged(x.shape(), a, b)); }

Shape stacked(const Shape& first, const Shape& shape, int axis) {
  require(shape == first, "stack: ", first, " and ", shape, " differ");
  require(axis >= 0 && axis <= shape.dim() && shape.dim() < Shape::max_rank, "stack: ", shape,
          " cannot have a new axis ", axis);
  std::array<Index, Shape::max_rank> sizes{};
  for (int i = 0, from = 0; i <= shape.dim(); ++i) sizes[static_cast<std::size_t>(i)] = i == axis ? 1 : shape[from++];
  return Shape(std::span<const Index>(sizes.data(), static_cast<std::size_t>(shape.dim() + 1)));
}

Tensor cat(std::span<const Tensor> parts, int axis) {
  require(!parts.empty(), "cat: no parts given");
  require(!parts[0].empty(), "cat: part 0 is empty");
  const Shape& whole = parts[0].shape();
  axis = whole.axis(axis, "cat");
  Index total = 0;
  for (const Tensor& part : parts) {
    require(part.dim() == whole.dim() && part.shape() == whole.with(axis, part.size(axis)), "cat: ", whole, " and ",
            part.shape(), " differ beside axis ", axis);
    total += part.size(axis);
  }
  Tensor y(whole.with(axis, total));
  Index first = 0;
  for (const Tensor& part : parts) {
    copy_along(axis, part, 0, y, first, part.size(axis));
    first += part.size(axis);
  }
  return y;
}

Tensor narrow(const Tensor& x, int axis, Index first, Index count) {
  require(!x.empty(), "narrow: the tensor is empty");
  axis = x.shape().axis(axis, "narrow");
  const Index size = x.size(axis);
  require(first >= 0 && count >= 1 && first <= size && count <= size - first, "narrow: ", count, " positions from ",
          first, " on axis ", axis, " of ", x.shape());
  Tensor y(x.shape().with(axis, count));
  copy_along(axis, x, first, y, 0, count);
  return y;
}

Tensor pad(const Tensor& x, int axis, Index first, Index size) {
  require(!x.empty(), "pad: the tensor is empty");
  axis = x.shape().axis(axis, "pad");
  const Index count = x.size(axis);
  require(first >= 0 && count <= size - first, "pad: ", x.shape(), " at ", first, " of ", size, " on axis ", axis);
  Tensor y = Tensor::zeros(x.shape().with(axis, size));
  copy_along(axis, x, 0, y, first, count);
  return y;
}

Tensor stack(std::span<const Tensor> parts, int axis) {
  memory::Vector<Tensor> rows;
  for (const Tensor& part : parts) rows.push_back(part.reshape(stacked(parts[0].shape(), part.shape(), axis)));
  return cat(rows, axis);
}

}  // namespace hourglass::HOURGLASS_BUILD
