#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>

#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/tensor.h>

// Many numbers to fewer, in an order that depends on the shape alone: the same bits at any thread count.
namespace hourglass::HOURGLASS_BUILD {

/// Whether an axis that is reduced stays, as size 1.
enum class Keep { no, yes };

/// Σ x over everything (rank 0), and along one axis. Sums are kept in double. Throws when there is no such axis.
/// @{
Tensor sum(const Tensor& x);
Tensor sum(const Tensor& x, int axis, Keep keep = Keep::no);
/// @}
/// Σ x / n likewise, rounded once over everything and along one axis: n equal numbers have exactly their own mean.
/// @{
Tensor mean(const Tensor& x);
Tensor mean(const Tensor& x, int axis, Keep keep = Keep::no);
/// @}
/// The largest and the smallest number along one axis; NaN if there is one.
/// @{
Tensor amax(const Tensor& x, int axis, Keep keep = Keep::no);
Tensor amin(const Tensor& x, int axis, Keep keep = Keep::no);
/// @}
/// The same over everything, of a Tensor or a Variable.
/// @{
inline auto amax(const TensorOrVariable auto& x) { return amax(reshape(x, {-1}), 0); }
inline auto amin(const TensorOrVariable auto& x) { return amin(reshape(x, {-1}), 0); }
/// @}
/// `amax` with its axis kept, for an op whose name an error states.
Tensor row_max(const Tensor& x, int axis, const char* op);
/// The index of the largest number along one axis, in the order of what is left over: the first of equal ones, a NaN
/// before any number.
std::vector<int> argmax(const Tensor& x, int axis);
/// The axes from the last one to the first, so that they can be reduced one after another. Throws, naming `op`, when
/// there is none, when one is no axis of the shape, and when one is named twice.
memory::Vector<int> from_last(const Shape& shape, std::initializer_list<int> axes, std::string_view op);
/// Σ x and Σ x / n over several axes, of a Tensor or a Variable.
/// @{
template <TensorOrVariable T>
auto sum(const T& x, std::initializer_list<int> axes, Keep keep = Keep::no) {
  decltype(sum(x)) y = x;
  for (int axis : from_last(x.shape(), axes, "sum")) y = sum(y, axis, keep);
  return y;
}
template <TensorOrVariable T>
auto mean(const T& x, std::initializer_list<int> axes, Keep keep = Keep::no) {
  decltype(mean(x)) y = x;
  for (int axis : from_last(x.shape(), axes, "mean")) y = mean(y, axis, keep);
  return y;
}
/// @}
/// Sums out what broadcasting to x's shape had repeated: the result has exactly `shape`.
Tensor sum_to(const Tensor& x, const Shape& shape);
/// Repeats x along axes of size 1 and missing ones.
Tensor broadcast_to(const Tensor& x, const Shape& shape);
/// 1 for the k largest numbers of each row of the last axis (a NaN before any number, the first of equal ones), else 0.
Tensor top_k_mask(const Tensor& x, Index k);

}  // namespace hourglass::HOURGLASS_BUILD
