#pragma once
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// How far two samples a [n, d] and b [m, d] are from having one distribution, without bias, so that it may come out
/// below 0 where they have (Gretton et al. 2012, eq. 3):
///   MMD² = mean_{i≠j} k(a_i, a_j) + mean_{i≠j} k(b_i, b_j) - 2 mean k(a_i, b_j),   k(u, v) = C / (C + ‖u - v‖²).
/// For a code of d units that is to be N(0, 1), C = 2 d (Tolstikhin et al. 2018, §4).
/// Throws unless C > 0, the columns agree, each has at least two rows and all numbers are finite.
double mmd_squared(const Tensor& a, const Tensor& b, double C);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
