#pragma once
#include <limits>
#include <span>

#include <hourglass/tensor/scalar.h>

/// Evaluation metrics. Inputs that are not finite are refused by name, row and column, unless a function's
/// comment gives them a meaning; sums are kept in double.
namespace hourglass::HOURGLASS_BUILD::metrics {

/// A mean over images, and how far it would move with another draw of images.
struct Estimate {
  double mean = 0;
  double standard_error = 0;  ///< s / √n, with s² = Σ (v - mean)² / (n - 1); 0 for a single value
};

/// Throws when there are no values. NaN where a value is; where one is infinite, so is the mean, and the standard error
/// is NaN.
Estimate estimate(std::span<const double> values);

/// log Σ e^v without overflow, of numbers that come one by one; -∞ before the first, +∞ as soon as one is.
class LogSum {
 public:
  /// One number more; a NaN makes the sum one.
  void add(double v);
  /// The logarithm of the sum so far.
  double value() const;

 private:
  double largest_ = -std::numeric_limits<double>::infinity(), sum_ = 0;  // log Σ e^v = largest + log sum
};

/// The same of numbers that are all there.
double log_sum_exp(std::span<const double> values);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
