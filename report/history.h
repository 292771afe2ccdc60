#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// What was measured over the epochs: named columns, a row an epoch.
struct History {
  std::vector<std::string> columns;       ///< beside "epoch"
  std::vector<std::vector<double>> rows;  ///< epoch first, ascending; NaN where nothing was measured

  /// The number in this column of this epoch's row; both are made if they are not there yet. Throws on a name that
  /// would break a line of CSV, and on "epoch".
  void set(int epoch, const std::string& column, double value);
  /// Comma-separated, each number with all its digits; an empty cell where nothing was measured.
  std::string csv() const;
  /// Reads what `csv` wrote. Throws, naming `who`, on anything else: a text that is cut short, a column twice, NaN,
  /// epochs that do not ascend.
  static History parse(const std::string& csv, const std::string& who);
};

/// One run in the form of `metrics.json`.
struct Metrics {
  std::string lesson;
  std::uint64_t seed = 1;
  int threads = 1;
  double seconds = 0;
  std::map<std::string, double> values;
  std::string scalar = scalar_name;

  /// A number that is not finite becomes null: JSON has no word for it.
  std::string json() const;
  /// Reads what `json` wrote (null becomes NaN). Throws, naming `who`, what was expected and what was found, on
  /// anything else.
  static Metrics parse(const std::string& json, const std::string& who);
};

}  // namespace hourglass::HOURGLASS_BUILD::report
