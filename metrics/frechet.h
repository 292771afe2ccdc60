#pragma once
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The Fréchet distance between two sets of features a [n, d] and b [m, d], each taken for normal:
///   ‖μ_a - μ_b‖² + tr(C_a + C_b - 2 (C_a C_b)^½)   (Dowson & Landau 1982; Heusel et al. 2017),
/// covariances divided by n - 1. With C = RᵀR the last trace is the sum of the singular values of R_a R_bᵀ, and R comes
/// from the singular values of the centred features: no square root of a rounded covariance is ever taken.
/// Never below 0; in float a distance of equal sets may come out as 1e-6 of the traces. It shrinks with the number of
/// images: compare only distances of equally many. Throws unless both have at least two rows, equally many columns and
/// finite numbers.
double frechet_distance(const Tensor& a, const Tensor& b);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
