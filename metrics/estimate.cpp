#include <hourglass/metrics/estimate.h>

#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

Estimate estimate(std::span<const double> values) {
  require(!values.empty(), "estimate: no values given, at least 1 is needed");
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double v : values) sum += v;
  const double mean = sum / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

void LogSum::add(double v) {
  if (v > largest_) {
    sum_ = sum_ * std::exp(largest_ - v) + 1;
    largest_ = v;
  } else if (v == largest_) {  // both may be infinite: their difference would be NaN
    sum_ += std::isinf(v) && v < 0 ? 0 : 1;
  } else if (v != -std::numeric_limits<double>::infinity()) {  // NaN stays in the sum
    sum_ += std::exp(v - largest_);
  }
}

double LogSum::value() const { return largest_ + std::log(sum_); }

double log_sum_exp(std::span<const double> values) {
  LogSum sum;
  for (const double v : values) sum.add(v);
  return sum.value();
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
