#include <hourglass/metrics/ranking.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

double area_under_roc(std::span<const double> own, std::span<const double> strange) {
  require(!own.empty() && !strange.empty(), "area_under_roc: ", own.size(), " own and ", strange.size(),
          " strange scores, expected one of each at least");
  std::vector<double> sorted(own.begin(), own.end());
  for (const auto& [name, scores] : {std::pair("own", own), std::pair("strange", strange)})
    for (std::size_t i = 0; i < scores.size(); ++i)
      require(!std::isnan(scores[i]), "area_under_roc: ", name, " score ", i, " is nan");
  std::sort(sorted.begin(), sorted.end());
  double below = 0;
  for (const double score : strange) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), score);
    below += static_cast<double>(first - sorted.begin()) + static_cast<double>(last - first) / 2;
  }
  return below / static_cast<double>(own.size()) / static_cast<double>(strange.size());
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
