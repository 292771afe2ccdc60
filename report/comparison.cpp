#include <hourglass/report/comparison.h>

#include <fmt/format.h>

#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {

void Comparison::add(const std::string& use, const std::string& name, double net, double plain, bool less_is_better) {
  require(!std::isnan(net) && !std::isnan(plain), "comparison: ", use, ": the network's figure is ", net,
          ", the plain tool's ", plain, ": neither is better");
  metrics[name + "_net"] = net;
  metrics[name + "_plain_tool"] = plain;
  table.rows.push_back({use, fmt::format("{:.3f}", net), fmt::format("{:.3f}", plain)});
  plain_as_good += less_is_better ? plain <= net : plain >= net;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
