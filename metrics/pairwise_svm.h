#pragma once
#include <hourglass/metrics/svm.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// A linear support vector machine for each pair of classes, trained on the rows of these two alone. Its score s_ab(x)
/// is above 0 where class a wins; s_ba = -s_ab.
///
///     votes(a) = #{b : s_ab(x) > 0},   predicted: the class of most votes; of several, that of the largest Σ_b s_ab(x)
///
/// Where no plane parts a class from all others at once, there may be one for each of them: on MNIST's pixels pairs are
/// right 94.5% of the time, one against the rest 91.8%. Friedman 1996, "Another approach to polychotomous
/// classification"; as in scikit-learn's OneVsOneClassifier(LinearSVC).
class PairwiseSvm {
 public:
  /// Throws as LinearSvm.
  PairwiseSvm(const SparseRows& x, std::span<const int> labels, const SvmOptions& options = {});

  /// The label that wins, row by row. Throws unless x has the columns that were trained on.
  std::vector<int> predict(const SparseRows& x) const;
  /// The share of rows whose label is predicted. Throws unless there is a label for each.
  double accuracy(const SparseRows& x, std::span<const int> labels) const;

  std::vector<int> classes;      ///< the labels, ascending
  std::vector<LinearSvm> pairs;  ///< for (0, 1), (0, 2) … (1, 2) …: places in `classes`
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
