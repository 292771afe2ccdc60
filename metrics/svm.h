#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include <hourglass/metrics/sparse_rows.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// How a linear classifier of two classes is extended to several.
enum class SvmKind {
  one_against_rest,  ///< one classifier a class, squared hinge loss (liblinear's L2R_L2LOSS_SVC_DUAL, scikit-learn's
                     ///< LinearSVC)
  crammer_singer,    ///< all at once (MCSVM_CS; Crammer & Singer 2001)
};

/// How a LinearSvm is trained.
struct SvmOptions {
  double C = 1;  ///< weight of the errors beside ½ ‖w‖²
  SvmKind kind = SvmKind::one_against_rest;
  double tolerance = 0.1;  ///< liblinear's eps, with its own default for these solvers
  unsigned seed = 1;       ///< of the C library's rand(), from which liblinear draws its order
};

/// A linear support vector machine by liblinear (Fan et al. 2008):  min ½ ‖w‖² + C Σ max(0, 1 - y w·x)²  for each class
/// against the rest. The bias is the weight of a feature that is always 1, so that it is penalised too, as in
/// LinearSVC.
class LinearSvm {
 public:
  /// Throws unless there is a label for each row, at least two different ones, and C > 0.
  LinearSvm(const SparseRows& x, std::span<const int> labels, const SvmOptions& options = {});

  /// The score of each row for each class: [n, classes]. Throws unless x has the columns that were trained on.
  std::vector<double> scores(const SparseRows& x) const;
  /// The label of the largest score, row by row. Throws unless x has the columns that were trained on.
  std::vector<int> predict(const SparseRows& x) const;
  /// The share of rows whose label is predicted. Throws unless there is a label for each.
  double accuracy(const SparseRows& x, std::span<const int> labels) const;

  /// The score of a row for class c is Σ_j weights[j · classes + c] x_j, the bias being the last j.
  Index columns = 0;
  std::vector<int> classes;     ///< the labels, in the order of the columns of `weights`
  std::vector<double> weights;  ///< [columns + 1, classes]
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
