#pragma once
#include <array>
#include <initializer_list>
#include <span>
#include <string_view>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

/// The sizes of a tensor's axes, slowest first: `[128, 784]` is 128 rows of 784. Rank 0 (a single number) to 4.
/// Every size is at least 1, so that no op has to define the mean of no elements.
class Shape {
 public:
  static constexpr int max_rank = 4;

  Shape() = default;
  /// Throws when there are more than four sizes, when one is below 1, or when their product does not fit in `Index`.
  /// @{
  Shape(std::initializer_list<Index> sizes);
  explicit Shape(std::span<const Index> sizes);
  /// @}

  /// The given sizes, one of which may be -1: what is left over of `count` elements. Throws, naming `op`, when that is
  /// no whole number, or when there are two.
  static Shape filled(std::initializer_list<Index> sizes, Index count, std::string_view op);

  /// The number of axes, 0 to 4.
  int dim() const { return rank_; }
  /// The number of elements: the product of the sizes, 1 for rank 0.
  Index numel() const { return count_; }
  /// The size of an axis from 0; not checked.
  Index operator[](int axis) const { return sizes_[static_cast<std::size_t>(axis)]; }
  /// How many elements lie between neighbours along an axis from 0: the product of the sizes behind it; not checked.
  Index stride(int axis) const;
  /// All sizes, which live as long as the shape.
  std::span<const Index> sizes() const { return {sizes_.data(), static_cast<std::size_t>(rank_)}; }

  /// `axis`, with -1 meaning the last one. Throws, naming `op`, when there is no such axis.
  int axis(int axis, std::string_view op) const;
  /// The same sizes but for `axis`, which becomes `size`.
  Shape with(int axis, Index size) const;
  /// The same sizes without `axis`.
  Shape without(int axis) const;

  /// Whether rank and sizes are equal.
  bool operator==(const Shape&) const = default;

 private:
  std::array<Index, max_rank> sizes_{};
  int rank_ = 0;
  Index count_ = 1;
};

/// The shape that a and b take together: axes are matched from the last, a missing one or one of size 1 is repeated.
/// Throws, naming `op` and both shapes, when two sizes differ and neither is 1.
Shape broadcast(const Shape& a, const Shape& b, std::string_view op);

}  // namespace hourglass::HOURGLASS_BUILD
