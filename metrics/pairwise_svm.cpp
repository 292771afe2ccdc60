#include <hourglass/metrics/pairwise_svm.h>

#include <algorithm>
#include <utility>

#include <hourglass/metrics/labels.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

PairwiseSvm::PairwiseSvm(const SparseRows& x, std::span<const int> labels, const SvmOptions& options)
    : classes(labels.begin(), labels.end()) {
  std::ranges::sort(classes);
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  require(x.count() == static_cast<Index>(labels.size()) && classes.size() > 1, "pairwise svm: ", labels.size(),
          " labels of ", classes.size(), " classes for ", x.count(), " rows, expected one each, of at least two");
  for (std::size_t a = 0; a < classes.size(); ++a)
    for (std::size_t b = a + 1; b < classes.size(); ++b) {
      SparseRows rows;
      std::vector<int> of;
      for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] == classes[a] || labels[i] == classes[b])
          rows.add(x, static_cast<Index>(i)), of.push_back(labels[i]);
      pairs.emplace_back(rows, of, options);
    }
}

std::vector<int> PairwiseSvm::predict(const SparseRows& x) const {
  const std::size_t n = static_cast<std::size_t>(x.count()), k = classes.size();
  std::vector<std::pair<int, double>> won(n * k);  // votes, then Σ score: compared in this order
  auto pair = pairs.begin();
  for (std::size_t a = 0; a < k; ++a)
    for (std::size_t b = a + 1; b < k; ++b, ++pair) {
      const std::vector<double> scores = pair->scores(x);
      const std::size_t of_a = pair->classes[0] == classes[a] ? 0 : 1;
      for (std::size_t i = 0; i < n; ++i) {
        const double score = scores[2 * i + of_a];
        won[i * k + (score > 0 ? a : b)].first += 1;
        won[i * k + a].second += score;
        won[i * k + b].second -= score;
      }
    }
  std::vector<int> predicted;
  for (auto row = won.begin(); row != won.end(); row += static_cast<Index>(k))
    predicted.push_back(classes[static_cast<std::size_t>(std::max_element(row, row + static_cast<Index>(k)) - row)]);
  return predicted;
}

double PairwiseSvm::accuracy(const SparseRows& x, std::span<const int> labels) const {
  return share_equal(predict(x), labels);
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
