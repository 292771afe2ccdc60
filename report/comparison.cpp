#include <hourglass/report/comparison.h>

#include <fmt/format.h>

#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {

void Comparison::add(const std::string& task, const std::string& name, double network, double plain,
                     bool less_is_better) {
  require(!std::isnan(network) && !std::isnan(plain), "comparison: ", task, ": the network's figure is ", network,
          ", the simpler method's ", plain, ": neither is better");
  metrics[name + "_network"] = network;
  metrics[name + "_plain_tool"] = plain;
  table.rows.push_back({task, fmt::format("{:.3f}", network), fmt::format("{:.3f}", plain)});
  plain_as_good += less_is_better ? plain <= network : plain >= network;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
