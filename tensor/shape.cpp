#include <hourglass/tensor/shape.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

Shape::Shape(std::initializer_list<Index> sizes) : Shape(std::span<const Index>(sizes.begin(), sizes.size())) {}

Shape::Shape(std::span<const Index> sizes) {
  require(sizes.size() <= max_rank, "shape: ", sizes.size(), " axes given, at most ", max_rank, " are possible");
  for (Index size : sizes) {
    require(size >= 1, "shape: size ", size, " on axis ", rank_, ": every size must be at least 1");
    require(count_ <= std::numeric_limits<Index>::max() / size, "shape: the number of elements overflows at size ",
            size, " on axis ", rank_);
    count_ *= size;
    sizes_[static_cast<std::size_t>(rank_++)] = size;
  }
}

Shape Shape::filled(std::initializer_list<Index> sizes, Index count, std::string_view op) {
  require(count > 0, op, ": the tensor is empty");
  const auto open = std::count(sizes.begin(), sizes.end(), -1);
  require(open <= 1, op, ": ", open, " sizes are -1, at most one can be worked out");
  Index known = 1;
  for (Index size : sizes) known *= size == -1 ? 1 : size;
  require(open == 0 || (known > 0 && count % known == 0), op, ": ", count, " elements cannot be divided by ", known);
  std::array<Index, max_rank> all{};
  require(sizes.size() <= all.size(), op, ": ", sizes.size(), " sizes given, a tensor has four axes at most");
  std::transform(sizes.begin(), sizes.end(), all.begin(),
                 [=](Index size) { return size == -1 ? count / known : size; });
  return Shape(std::span<const Index>(all.data(), sizes.size()));
}

int Shape::axis(int axis, std::string_view op) const {
  const int found = axis < 0 ? axis + rank_ : axis;
  require(found >= 0 && found < rank_, op, ": axis ", axis, " of ", *this, ", which has ", rank_, " axes");
  return found;
}

Index Shape::stride(int axis) const {
  return std::accumulate(sizes_.begin() + axis + 1, sizes_.begin() + rank_, Index{1}, std::multiplies<Index>());
}

Shape Shape::with(int axis, Index size) const {
  std::array<Index, max_rank> sizes = sizes_;
  sizes[static_cast<std::size_t>(axis)] = size;
  return Shape(std::span<const Index>(sizes.data(), static_cast<std::size_t>(rank_)));
}

Shape Shape::without(int axis) const {
  std::array<Index, max_rank> kept = sizes_;
  std::copy(kept.begin() + axis + 1, kept.end(), kept.begin() + axis);
  return Shape(std::span<const Index>(kept.data(), static_cast<std::size_t>(rank_ - 1)));
}

Shape broadcast(const Shape& a, const Shape& b, std::string_view op) {
  const int rank = std::max(a.dim(), b.dim());
  std::array<Index, Shape::max_rank> sizes{};
  for (int i = 1; i <= rank; ++i) {  // from the last axis to the first
    const Index sa = i <= a.dim() ? a[a.dim() - i] : 1;
    const Index sb = i <= b.dim() ? b[b.dim() - i] : 1;
    require(sa == sb || sa == 1 || sb == 1, op, ": ", a, " and ", b, ": sizes ", sa, " and ", sb, " differ on axis -",
            i);
    sizes[static_cast<std::size_t>(rank - i)] = sa == 1 ? sb : sa;
  }
  return Shape(std::span<const Index>(sizes.data(), static_cast<std::size_t>(rank)));
}

}  // namespace hourglass::HOURGLASS_BUILD
