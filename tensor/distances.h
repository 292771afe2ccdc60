#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include <hourglass/tensor/tensor.h>

// Distances between rows that keep their digits wherever the rows lie, and the check that all numbers are finite.
namespace hourglass::HOURGLASS_BUILD {

/// Throws unless all numbers of x are finite; the message names `what`, and of a matrix the row and the column.
void require_finite(const Tensor& x, std::string_view what);

/// The squared norm ‖x_i‖² of each row of x [n, d], in double. Throws unless x is a matrix.
std::vector<double> squared_norms(const Tensor& x);

/// Σ_j (a_j - b_j)² of two rows of d numbers, in double.
double squared_distance(const Scalar* a, const Scalar* b, Index d);

/// The relative error that a distance of `each_distance_row` may have; the largest found are far smaller.
inline constexpr double distance_error = 1e-9;

/// Calls use(i, row) for each row i of a [n, d], with row[j] = ‖a_i - b_j‖² for the rows of b [m, d], the error at most
/// `distance_error` of it, and 0 for equal rows. Most of the work is one matrix product, done in double block by block:
///
///     ‖a - b‖² = ‖a‖² + ‖b‖² - 2 a·b
///
/// which loses digits where rows lie closer to each other than to the origin: where too few would be left, the distance
/// is computed directly. `use` is called on several threads at once.
/// Throws, naming `what`, unless a and b have equally many columns and all numbers are finite, in double also their
/// squared distances.
void each_distance_row(const Tensor& a, const Tensor& b, const char* what,
                       const std::function<void(Index i, const double* row)>& use);

/// For each of n queries the k nearest rows of a base, the nearest first; of equally near ones, the earlier.
struct NearestRows {
  std::vector<int> indices;       ///< [n · k]: rows of the base
  std::vector<double> distances;  ///< [n · k]: squared, computed directly
};
/// Compares all rows of queries [n, d] with all of base [m, d]. With `others` a row's own number is left out, both
/// being the same matrix. Throws as `each_distance_row`, and unless 1 <= k <= m (m - 1 with `others`).
NearestRows nearest_rows(const Tensor& queries, const Tensor& base, Index k, const char* what, bool others = false);

}  // namespace hourglass::HOURGLASS_BUILD
