#pragma once
#include <map>
#include <string>

#include <hourglass/report/table.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// A network beside simpler methods for the same tasks, a row a task, and how often the simpler method is at least as
/// good.
struct Comparison {
  Table table{{"task", "network", "simpler method"}, {}};
  std::map<std::string, double> metrics;  ///< NAME_network and NAME_plain_tool
  int plain_as_good = 0;
  /// A row: the network's figure and that of the simpler method, which is at least as good where it is not smaller (not
  /// larger if `less_is_better`). `name` is that of the metrics. Throws on NaN.
  void add(const std::string& task, const std::string& name, double network, double plain, bool less_is_better = false);
};

}  // namespace hourglass::HOURGLASS_BUILD::report
