#pragma once
#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <vector>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/tensor.h>

// The same numbers, moved.
namespace hourglass::HOURGLASS_BUILD {

using Order = std::array<int, Shape::max_rank>;

/// The same numbers under another shape (Tensor::reshape).
/// @{
inline Tensor reshape(const Tensor& x, const Shape& shape) { return x.reshape(shape); }
inline auto reshape(const TensorOrVariable auto& x, std::initializer_list<Index> sizes) {
  return reshape(x, Shape::filled(sizes, x.numel(), "reshape"));
}
/// @}
/// Axis i of the result is axis order[i] of x. Throws unless the first `rank` entries name each axis once.
/// @{
Tensor permute(const Tensor& x, const Order& order);
Tensor permute(const Tensor& x, std::span<const int> order);
inline auto permute(const TensorOrVariable auto& x, std::initializer_list<int> order) {
  return permute(x, std::span(order.begin(), order.size()));
}
/// @}
/// Two axes exchanged; without naming them, a matrix by columns.
Tensor transpose(const Tensor& x, int a = 0, int b = 1);
/// Side by side along one axis. Throws when there is nothing to join or another size differs.
/// @{
Tensor cat(std::span<const Tensor> parts, int axis = 0);
inline Tensor cat(std::initializer_list<Tensor> parts, int axis = 0) { return cat(std::span(parts.begin(), parts.size()), axis); }
/// @}
/// Along a new axis. Throws when there is nothing to stack or the shapes differ.
/// @{
Tensor stack(std::span<const Tensor> parts, int axis = 0);
inline Tensor stack(std::initializer_list<Tensor> parts, int axis = 0) { return stack(std::span(parts.begin(), parts.size()), axis); }
/// @}
/// The order that a list of all axes gives, and that of `transpose`; the shape that each part of `stack` gets. All
/// throw where an axis cannot be.
/// @{
Order order_of(const Shape& shape, std::span<const int> order);
Order exchanged(const Shape& shape, int a, int b);
Shape stacked(const Shape& first, const Shape& part, int axis);
/// @}
/// `count` positions along one axis, from `first`. Throws when they run out of it.
Tensor narrow(const Tensor& x, int axis, Index first, Index count);
/// Zeros, with x at `first` along one axis that is `size` long. Throws when it does not fit.
Tensor pad(const Tensor& x, int axis, Index first, Index size);

/// Parts of `size` along one axis, the last one of what is left over.
template <TensorOrVariable T>
auto split(const T& x, Index size, int axis = 0) {
  require(size >= 1, "split: into parts of ", size, ", at least 1 is needed");
  const Index all = x.size(x.shape().axis(axis, "split"));
  std::vector<decltype(narrow(x, axis, 0, size))> parts;
  for (Index first = 0; first < all; first += size)
    parts.push_back(narrow(x, axis, first, std::min(size, all - first)));
  return parts;
}

}  // namespace hourglass::HOURGLASS_BUILD
