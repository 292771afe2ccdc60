#include <hourglass/metrics/neighbors.h>

#include <algorithm>
#include <map>
#include <utility>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

Neighbors search(const Tensor& queries, const Tensor& base, Index k, bool others) {
  auto [indices, distances] = nearest_rows(queries, base, k, "nearest", others);
  return {k, std::move(indices), std::move(distances)};
}

void check_labels(const char* what, const Neighbors& found, std::span<const int> query_labels,
                  std::span<const int> base_labels) {
  require(static_cast<Index>(query_labels.size()) == found.queries() && found.queries() > 0, what, ": ",
          query_labels.size(), " labels for ", found.queries(), " queries");
  for (const int index : found.indices)
    require(index >= 0 && index < static_cast<Index>(base_labels.size()), what, ": neighbour ", index,
            " of a base with ", base_labels.size(), " labels");
}

int vote(std::span<const int> indices, std::span<const int> labels) {
  std::map<int, int> votes;
  int most = 0;
  for (const int index : indices) most = std::max(most, ++votes[labels[static_cast<std::size_t>(index)]]);
  for (const int index : indices)
    if (const int label = labels[static_cast<std::size_t>(index)]; votes[label] == most) return label;
  return -1;
}

// How many of the neighbours of a query have its label.
Index matches(const Neighbors& found, Index query, std::span<const int> query_labels,
              std::span<const int> base_labels) {
  const std::span<const int> indices = found.of(query);
  return std::count_if(indices.begin(), indices.end(), [&](int index) {
    return base_labels[static_cast<std::size_t>(index)] == query_labels[static_cast<std::size_t>(query)];
  });
}

}  // namespace

std::span<const int> Neighbors::of(Index query) const {
  require(query >= 0 && query < queries(), "neighbors: query ", query, " of ", queries());
  return std::span(indices).subspan(static_cast<std::size_t>(query * k), static_cast<std::size_t>(k));
}

Neighbors Neighbors::first(Index fewer) const {
  require(fewer >= 1 && fewer <= k, "neighbors: the first ", fewer, " of ", k);
  Neighbors result{fewer, {}, {}};
  for (Index from = 0; from < static_cast<Index>(indices.size()); from += k) {
    result.indices.insert(result.indices.end(), indices.begin() + from, indices.begin() + from + fewer);
    result.distances.insert(result.distances.end(), distances.begin() + from, distances.begin() + from + fewer);
  }
  return result;
}

void Nearest::insert(double distance, int index) {
  Index i = count_ < k_ ? count_++ : k_ - 1;  // the last one is pushed out
  for (; i > 0 && distance < distances_[i - 1]; --i) {
    distances_[i] = distances_[i - 1];
    indices_[i] = indices_[i - 1];
  }
  distances_[i] = distance;
  indices_[i] = index;
}

Neighbors nearest(const Tensor& queries, const Tensor& base, Index k) { return search(queries, base, k, false); }
Neighbors nearest_others(const Tensor& x, Index k) { return search(x, x, k, true); }

double neighbor_accuracy(const Neighbors& found, std::span<const int> query_labels, std::span<const int> base_labels) {
  check_labels("neighbor_accuracy", found, query_labels, base_labels);
  Index right = 0;
  for (Index q = 0; q < found.queries(); ++q)
    right += vote(found.of(q), base_labels) == query_labels[static_cast<std::size_t>(q)];
  return static_cast<double>(right) / static_cast<double>(found.queries());
}

double precision_at_k(const Neighbors& found, std::span<const int> query_labels, std::span<const int> base_labels) {
  check_labels("precision_at_k", found, query_labels, base_labels);
  Index right = 0;
  for (Index q = 0; q < found.queries(); ++q) right += matches(found, q, query_labels, base_labels);
  return static_cast<double>(right) / static_cast<double>(found.queries() * found.k);
}

double recall_at_k(const Neighbors& found, std::span<const int> query_labels, std::span<const int> base_labels,
                   bool leave_one_out) {
  check_labels("recall_at_k", found, query_labels, base_labels);
  std::map<int, Index> relevant;
  for (const int label : base_labels) ++relevant[label];
  double sum = 0;
  Index counted = 0;
  for (Index q = 0; q < found.queries(); ++q) {
    const Index wanted = relevant[query_labels[static_cast<std::size_t>(q)]] - (leave_one_out ? 1 : 0);
    if (wanted < 1) continue;
    sum += static_cast<double>(matches(found, q, query_labels, base_labels)) / static_cast<double>(wanted);
    ++counted;
  }
  require(counted > 0, "recall_at_k: no query's label occurs in the base");
  return sum / static_cast<double>(counted);
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
