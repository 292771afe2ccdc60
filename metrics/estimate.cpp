#include "metrics/estimate.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

Estimate estimate(std::span<const double> values) {
  require(!values.empty(), "estimate: no values given, at least 1 is needed");
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double v : values) sum += v;
  const double mean = sum / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

double log_sum_exp(std::span<const double> values) {
  if (values.empty()) return -std::numeric_limits<double>::infinity();
  const double largest = *std::max_element(values.begin(), values.end());
  if (!std::isfinite(largest)) return largest;  // all -∞, or something that must be seen
  double sum = 0;
  for (const double v : values) sum += std::exp(v - largest);
  return largest + std::log(sum);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
