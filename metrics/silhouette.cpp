#include <hourglass/metrics/silhouette.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

Estimate silhouette(const Tensor& x, std::span<const int> labels) {
  require(!x.empty() && x.dim() == 2 && x.size(0) == static_cast<Index>(labels.size()), "silhouette: ", labels.size(),
          " labels for ", x.shape());
  require(*std::min_element(labels.begin(), labels.end()) >= 0, "silhouette: a label is below 0");
  std::map<int, std::size_t> numbers;  // each label's, from 0: labels may leave gaps
  for (const int label : labels) numbers.emplace(label, numbers.size());
  const std::size_t classes = numbers.size();
  require(classes >= 2, "silhouette: all labels are ", labels[0], ", at least two classes are needed");
  std::vector<std::size_t> class_of;
  std::vector<double> sizes(classes, 0), scores(labels.size());
  for (const int label : labels) ++sizes[class_of.emplace_back(numbers[label])];

  each_distance_row(x, x, "silhouette", [&](Index i, const double* row) {
    const std::size_t own = class_of[static_cast<std::size_t>(i)];
    std::vector<double> sums(classes, 0);
    for (std::size_t j = 0; j < class_of.size(); ++j)
      if (j != static_cast<std::size_t>(i)) sums[class_of[j]] += std::sqrt(row[j]);
    if (sizes[own] < 2) return;
    const double a = sums[own] / (sizes[own] - 1);
    double b = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < classes; ++c)
      if (c != own) b = std::min(b, sums[c] / sizes[c]);
    const double larger = std::max(a, b);
    scores[static_cast<std::size_t>(i)] = larger > 0 ? (b - a) / larger : 0;  // all at one point: 0
  });
  return estimate(scores);
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
