#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// Where the numbers of one column lie, in all tensors that were added.
struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  /// places [n, …]. Throws, naming `who`, when one is not finite.
  void add(const Tensor& places, Index column, const std::string& who) {
    for (Index i = 0; i < places.size(0); ++i) {
      const double value = static_cast<double>(places.at({i, column}));
      require(std::isfinite(value), who, ": place ", i, " is not finite");
      low = std::min(low, value), high = std::max(high, value);
    }
  }
  /// (low + high) / 2
  double middle() const { return low / 2 + high / 2; }
  /// high - low, or 1 where they are equal: one divides by it.
  double length() const { return high > low ? high - low : 1; }
};

}  // namespace hourglass::HOURGLASS_BUILD::report
