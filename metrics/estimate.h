#pragma once
#include <span>

#include "tensor/scalar.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

/// A mean over images, and how far it would move with another draw of images.
struct Estimate {
  double mean = 0;
  double standard_error = 0;  ///< s / √n, with s² = Σ (v - mean)² / (n - 1); 0 for a single value
};

/// Throws when there are no values.
Estimate estimate(std::span<const double> values);

/// log Σ e^v without overflow; -∞ for no values.
double log_sum_exp(std::span<const double> values);

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
