#pragma once
#include <span>
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// For each of n queries, the rows of a base that lie nearest, the nearest first; of equally near ones, the earlier.
struct Neighbors {
  Index k = 0;
  std::vector<int> indices;       ///< [n · k], rows of the base
  std::vector<double> distances;  ///< [n · k]: squared Euclidean, or Hamming
  /// n
  Index queries() const { return k == 0 ? 0 : static_cast<Index>(indices.size()) / k; }
  /// The k indices of one query. Throws when there is no such query.
  std::span<const int> of(Index query) const;
  /// The nearest k of them alone: one search serves every smaller k. Throws unless 1 <= fewer <= k.
  Neighbors first(Index fewer) const;
};

/// The k nearest rows of base [m, d] to each row of queries [n, d], by Euclidean distance, all compared with all,
/// wherever the rows lie (tensor/distances.h). Distances are exact up to the last roundings of a sum in double, and 0
/// for a row's double. Throws unless the columns agree, all numbers are finite and 1 <= k <= m.
Neighbors nearest(const Tensor& queries, const Tensor& base, Index k);
/// The k nearest other rows to each row of x [n, d]: leave one out. Throws unless 1 <= k <= n - 1.
Neighbors nearest_others(const Tensor& x, Index k);

/// The share of queries whose label is the commonest among their k neighbours (of a tie, the label of the nearest).
/// Here and below throws unless there is a label for each query and for each row of the base.
double neighbor_accuracy(const Neighbors& found, std::span<const int> query_labels, std::span<const int> base_labels);
/// precision@k: the share of the k neighbours that have the query's label, averaged over queries.
double precision_at_k(const Neighbors& found, std::span<const int> query_labels, std::span<const int> base_labels);
/// recall@k: how many of the base's rows with the query's label are among the k, averaged over the queries that have
/// any. Leaving one out, the query itself is not among those to be found: `leave_one_out`.
double recall_at_k(const Neighbors& found, std::span<const int> query_labels, std::span<const int> base_labels,
                   bool leave_one_out = false);

/// Collects the k nearest of a stream of candidates, the nearest first.
class Nearest {
 public:
  /// Fills two arrays of k numbers each, which must live as long.
  Nearest(double* distances, int* indices, Index k) : distances_(distances), indices_(indices), k_(k) {}
  /// The next candidate; of equally near ones, the earlier one stays in front.
  void offer(double distance, int index) {
    if (count_ < k_ || distance < distances_[count_ - 1]) insert(distance, index);
  }

 private:
  void insert(double distance, int index);

  double* distances_;
  int* indices_;
  Index k_, count_ = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
