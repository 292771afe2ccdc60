#pragma once
#include <string>
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// One side of a chart: which numbers it shows, and where. Never empty, whatever it is given.
class Axis {
 public:
  /// Holds the values that can be shown; `log`: by their logarithm.
  Axis(const std::vector<double>& values, bool log);

  /// Whether a number has a place: finite, of a sensible size (at most 1e100), and above 0 where the axis is
  /// logarithmic.
  bool shows(double value) const;
  /// From 0 at the low end to 1 at the high one. Only for a value that it shows.
  double place(double value) const;
  /// About `wanted` round numbers on the axis, whole ones where all values are whole.
  std::vector<double> ticks(int wanted) const;
  /// A linear axis of positive numbers begins at 0 unless that would waste half of it: then a fall from 2 to 1 looks
  /// like one half.
  void begin_at_zero();

  /// Both ends.
  /// @{
  double low() const { return low_; }
  double high() const { return high_; }
  /// @}
  /// Whether all values that it shows are whole numbers.
  bool whole() const { return whole_; }

 private:
  std::vector<double> log_ticks(int wanted) const;
  double low_ = 0, high_ = 1;
  bool log_, whole_ = true;
};

/// A tick as it is written: "0.3", not "0.30000000000000004".
std::string tick_label(double value);

}  // namespace hourglass::HOURGLASS_BUILD::report
