#pragma once
#include <span>
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// What a linear map can read of a quantity (a slant, a stroke's width) out of features: ridge regression,
///   min 1/n Σ (y - w·x - b)² + λ ‖w‖²,   solved exactly by the eigenvectors of the features' covariance.
class LinearRegression {
 public:
  /// Fits y_i to row i of x [n, d]. Directions in which x does not vary (below 1e-7 of the largest variance) get no
  /// weight. Throws unless there is a number for each of at least two rows, all are finite, and λ >= 0.
  LinearRegression(const Tensor& x, std::span<const double> y, double l2 = 0);

  /// w·x + b for each row of x [n, d]. Throws on another d, and unless all numbers are finite.
  std::vector<double> predict(const Tensor& x) const;
  /// R² = 1 - Σ (y - prediction)² / Σ (y - mean y)²: 1 where each y is predicted exactly, 0 where the mean
  /// predicts as well, below 0 where it predicts better. Throws when y does not vary.
  double r_squared(const Tensor& x, std::span<const double> y) const;

  std::vector<double> weights;  ///< w [d]
  double bias = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
