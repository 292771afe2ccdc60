#pragma once
#include <memory>
#include <span>

#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD {

/// Positions in a tensor, counted from its start; shared between an op and its gradient.
using Positions = std::shared_ptr<const memory::Vector<Index>>;

/// Room for so many, each -1 as yet.
std::shared_ptr<memory::Vector<Index>> make_positions(Index count);

/// y_i = x at position i, in the given shape (of as many elements as there are positions).
Tensor take(const Tensor& x, const Positions& positions, const Shape& shape);
/// Zeros of this shape, with y_i added at position i: the gradient of `take`.
Tensor put(const Tensor& y, const Positions& positions, const Shape& shape);

/// The positions of whole rows of a matrix, one for each index. Throws, naming op, index and shape, when there is no
/// such row.
Positions row_positions(const Shape& matrix, std::span<const int> indices, const char* op);
/// The positions that torch.gather reads: along `axis`, the index in the index tensor (of this shape).
Positions axis_positions(const Shape& x, int axis, std::span<const int> indices, const Shape& shape, const char* op);

}  // namespace hourglass::HOURGLASS_BUILD
