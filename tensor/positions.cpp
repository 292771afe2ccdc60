#include <hourglass/tensor/positions.h>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

void check_index(int index, Index size, std::size_t at, const Shape& shape, const char* op) {
  require(index >= 0 && index < size, op, ": index ", index, " at position ", at, " is outside 0 … ", size - 1, " of ",
          shape);
}

// One for each number, all of them inside.
void check_positions(const memory::Vector<Index>& positions, const Shape& numbers, const Shape& inside,
                     const char* op) {
  require(static_cast<Index>(positions.size()) == numbers.numel(), op, ": ", positions.size(), " positions for ",
          numbers);
  for (Index position : positions)
    require(position >= 0 && position < inside.numel(), op, ": position ", position, " of ", inside);
}

}  // namespace

std::shared_ptr<memory::Vector<Index>> make_positions(Index count) {
  using Vector = memory::Vector<Index>;
  return std::allocate_shared<Vector>(memory::Allocator<Vector>(), static_cast<std::size_t>(count), Index{-1});
}

Tensor take(const Tensor& x, const Positions& positions, const Shape& shape) {
  check_positions(*positions, shape, x.shape(), "take");
  Tensor y(shape);
  const Scalar* from = x.data();
  const Index* position = positions->data();
  Scalar* to = y.write_();
  parallel_chunks(y.numel(), 16384, [=](Index first, Index last) {
    for (Index i = first; i < last; ++i) to[i] = from[position[i]];
  });
  return y;
}

Tensor put(const Tensor& y, const Positions& positions, const Shape& shape) {
  check_positions(*positions, y.shape(), shape, "put");
  Tensor x = Tensor::zeros(shape);
  const Scalar* from = y.data();
  Scalar* to = x.write_();
  for (std::size_t i = 0; i < positions->size(); ++i) to[(*positions)[i]] += from[i];  // two may meet: in order
  return x;
}

Positions row_positions(const Shape& matrix, std::span<const int> indices, const char* op) {
  require(matrix.dim() == 2 && !indices.empty(), op, ": ", indices.size(), " rows of ", matrix,
          ": expected a matrix and at least one index");
  const Index d = matrix[1];
  const auto positions = make_positions(static_cast<Index>(indices.size()) * d);
  Index* to = positions->data();
  for (std::size_t i = 0; i < indices.size(); ++i) {
    check_index(indices[i], matrix[0], i, matrix, op);
    for (Index j = 0; j < d; ++j) *to++ = indices[i] * d + j;
  }
  return positions;
}

Positions axis_positions(const Shape& x, int axis, std::span<const int> indices, const Shape& shape, const char* op) {
  axis = x.axis(axis, op);
  require(x.dim() == shape.dim() && static_cast<Index>(indices.size()) == shape.numel(), op, ": ", indices.size(),
          " indices of shape ", shape, " for ", x);
  for (int i = 0; i < x.dim(); ++i)
    require(i == axis || shape[i] <= x[i], op, ": the indices ", shape, " reach beyond ", x, " on axis ", i);
  const auto positions = make_positions(shape.numel());
  for (Index i = 0; i < shape.numel(); ++i) {
    const int index = indices[static_cast<std::size_t>(i)];
    check_index(index, x[axis], static_cast<std::size_t>(i), x, op);
    Index at = 0;
    for (int a = 0; a < x.dim(); ++a) at += (a == axis ? index : i / shape.stride(a) % shape[a]) * x.stride(a);
    (*positions)[static_cast<std::size_t>(i)] = at;
  }
  return positions;
}

}  // namespace hourglass::HOURGLASS_BUILD
