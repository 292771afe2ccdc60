#include "metrics/silhouette.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "metrics/distances.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

Estimate silhouette(const Tensor& x, std::span<const int> labels) {
  require(!x.empty() && x.rank() == 2 && x.size(0) == static_cast<Index>(labels.size()), "silhouette: ", labels.size(),
          " labels for ", x.shape());
  require(*std::min_element(labels.begin(), labels.end()) >= 0, "silhouette: a label is below 0");
  const auto classes = static_cast<std::size_t>(*std::max_element(labels.begin(), labels.end())) + 1;
  std::vector<double> sizes(classes, 0), scores(labels.size());
  for (const int label : labels) ++sizes[static_cast<std::size_t>(label)];
  require(std::count_if(sizes.begin(), sizes.end(), [](double size) { return size > 0; }) >= 2,
          "silhouette: all labels are ", labels[0], ", at least two classes are needed");

  each_distance_row(x, x, "silhouette", [&](Index i, const Scalar* row) {
    const auto own = static_cast<std::size_t>(labels[static_cast<std::size_t>(i)]);
    std::vector<double> sums(classes, 0);
    for (std::size_t j = 0; j < labels.size(); ++j)
      if (j != static_cast<std::size_t>(i)) sums[static_cast<std::size_t>(labels[j])] += std::sqrt(double(row[j]));
    if (sizes[own] < 2) return;
    const double a = sums[own] / (sizes[own] - 1);
    double b = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < classes; ++c)
      if (c != own && sizes[c] > 0) b = std::min(b, sums[c] / sizes[c]);
    const double larger = std::max(a, b);
    scores[static_cast<std::size_t>(i)] = larger > 0 ? (b - a) / larger : 0;  // all in one place: 0
  });
  return estimate(scores);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
