#pragma once
#include <hourglass/metrics/neighbors.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The local dimension of the data, from the distances T_1 … T_k to its k nearest neighbours: if they lie
/// as evenly as in a space of m dimensions, the number within a radius grows as its m-th power, and the likeliest m is
///   1/m = mean over points of  1 / (k - 1) Σ_{j<k} log T_k / T_j
/// (Levina & Bickel 2005, eq. 8; the mean is taken of 1/m, as MacKay & Ghahramani 2005 derive). Pass
/// `nearest_others(x, k)`. It underestimates where m is large beside the logarithm of the number of points. Points that
/// coincide with their nearest are left out. Throws unless k >= 2, all distances
/// are finite and some point is left.
double intrinsic_dimension(const Neighbors& found);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
