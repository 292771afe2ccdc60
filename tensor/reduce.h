#pragma once
#include <hourglass/tensor/tensor.h>

// Many numbers to fewer, in an order that depends on the shape alone: the same bits at any thread count.
namespace hourglass::HOURGLASS_BUILD::tensor {

/// Σ x over everything: rank 0. Sums are kept in double.
Tensor sum(const Tensor& x);
/// Σ x along one axis, which stays as size 1 if `keep`. Throws when there is no such axis.
Tensor sum(const Tensor& x, int axis, bool keep);
/// Σ x / n over everything, and along one axis, rounded once: n equal numbers have exactly their own mean.
/// @{
Tensor mean(const Tensor& x);
Tensor mean(const Tensor& x, int axis, bool keep);
/// @}
/// The largest number along one axis; NaN if there is one.
Tensor max(const Tensor& x, int axis, bool keep);
/// Sums out what broadcasting to x's shape had repeated: the result has exactly `shape`.
Tensor sum_to(const Tensor& x, const Shape& shape);
/// Repeats x along axes of size 1 and missing ones.
Tensor broadcast_to(const Tensor& x, const Shape& shape);
/// 1 for the k largest numbers of each row of the last axis (a NaN before any number, the first of equal ones), else 0.
Tensor top_k_mask(const Tensor& x, Index k);

}  // namespace hourglass::HOURGLASS_BUILD::tensor
