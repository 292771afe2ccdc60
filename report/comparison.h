#pragma once
#include <map>
#include <string>

#include <hourglass/report/table.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// A net beside plain tools that do the same, use by use, and how often the plain tool is at least as good.
struct Comparison {
  Table table{{"use", "net", "plain tool"}, {}};
  std::map<std::string, double> metrics;  ///< NAME_net and NAME_plain_tool
  int plain_as_good = 0;
  /// A row: the net's figure and that of the plain tool, which is at least as good where it is not smaller (not larger
  /// if `less_is_better`). `name` is that of the metrics. Throws on NaN.
  void add(const std::string& use, const std::string& name, double net, double plain, bool less_is_better = false);
};

}  // namespace hourglass::HOURGLASS_BUILD::report
