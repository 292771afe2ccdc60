
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

// y_i = x at position i;   gx: each gy_i added where it was taken
Variable take(const Variable& x, const Positions& positions, const Shape& shape) {
  return record("take", take(x.value(), positions, shape), {x}, Save::nothing,
                [positions](Node& n, const Variable& gy) { return put(gy, positions, n.input_shape(0)); });
}

Variable put(const Variable& y, const Positions& positions, const Shape& shape) {
  return record("put", put(y.value(), positions, shape), {y}, Save::nothing,
                [positions](Node& n, const Variable& gx) { return take(gx, positions, n.input_shape(0)); });
}

Variable gather(const Variable& x, int axis, std::span<const int> indices, const Shape& shape) {
  return take(x, axis_positions(x.shape(), axis, indices, shape, "gather"), shape);
}

Variable embedding(std::span<const int> indices, const Variable& W) {
  const Positions rows = row_positions(W.shape(), indices, "embedding");
  return take(W, rows, {static_cast<Index>(indices.size()), W.size(1)});
}

}  // namespace hourglass::HOURGLASS_BUILD
