#pragma once
#include <array>
#include <span>

#include <hourglass/tensor/tensor.h>

// The same numbers, moved.
namespace hourglass::HOURGLASS_BUILD::tensor {

using Order = std::array<int, Shape::max_rank>;

/// Axis i of the result is axis order[i] of x. Throws unless the first `rank` entries name each axis once.
Tensor permute(const Tensor& x, const Order& order);
/// Side by side along one axis. Throws when there is nothing to join or another size differs.
Tensor concat(std::span<const Tensor> parts, int axis);
/// `count` places along one axis, from `first`. Throws when they run out of it.
Tensor slice(const Tensor& x, int axis, Index first, Index count);
/// Zeros, with x at `first` along one axis that is `size` long. Throws when it does not fit.
Tensor place(const Tensor& x, int axis, Index first, Index size);

}  // namespace hourglass::HOURGLASS_BUILD::tensor
