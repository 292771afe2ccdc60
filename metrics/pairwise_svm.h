#pragma once
#include "metrics/svm.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

/// A linear support vector machine for each pair of classes, trained on the rows of these two alone:
///
///     votes(c) = how many of its k - 1 contests class c wins,   predicted: most votes; of equal ones, the largest Σ
///     score
///
/// A class that no plane parts from all the others at once is often parted from each by a plane of its own: on MNIST's
/// pixels this is right 94% of the time, one against the rest 92%. libsvm and scikit-learn's SVC work so with a linear
/// kernel. Hastie & Tibshirani 1998, "Classification by pairwise coupling", §1 (Friedman's rule).
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

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
