#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The principal angles, in degrees, the smallest first, between the spaces that the rows of a [k, d] and of b [l, d]
/// span: min(k, l) of them. Their cosines are the singular values of Q_a Q_bᵀ, with Q orthonormal rows of the same
/// span; small angles come from their sines, which keep more digits (Björck & Golub 1973). Throws unless the columns
/// agree, no more rows than columns are given, the rows of each are independent and all numbers
/// are finite.
std::vector<double> principal_angles(const Tensor& a, const Tensor& b);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
