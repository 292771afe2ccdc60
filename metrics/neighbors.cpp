#include "metrics/neighbors.h"

#include <algorithm>
#include <map>
#include <utility>

#include "metrics/distances.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {
namespace {

// ‖a‖² + ‖b‖² - 2 a·b, by which rows are found, rounds what is small beside the norms: a row's own double may lie 0.001
// away. The k that were kept are measured again, Σ (a - b)², and put in that order.
void measure_again(const Scalar* query, const Tensor& base, Scalar* distances, int* places, Index k) {
  std::vector<std::pair<double, int>> kept(static_cast<std::size_t>(k));
  for (Index i = 0; i < k; ++i) {
    const Scalar* row = base.data() + places[i] * base.size(1);
    double sum = 0;
    for (Index j = 0; j < base.size(1); ++j) {
      const double apart = double(query[j]) - double(row[j]);
      sum += apart * apart;
    }
    kept[static_cast<std::size_t>(i)] = {sum, places[i]};
  }
  std::sort(kept.begin(), kept.end());
  for (const auto& [distance, place] : kept) *distances++ = static_cast<Scalar>(distance), *places++ = place;
}

Neighbors search(const Tensor& queries, const Tensor& base, Index k, bool skip_itself) {
  require(!base.empty() && base.rank() == 2, "nearest: ", base.shape(), " is not a matrix [m, d]");
  const Index m = base.size(0), most = skip_itself ? m - 1 : m;
  require(k >= 1 && k <= most, "nearest: ", k, " neighbours among ", most, ", expected 1 to ", most);
  require(!queries.empty(), "nearest: no queries given");
  Neighbors found{k, std::vector<int>(static_cast<std::size_t>(queries.size(0) * k)),
                  std::vector<Scalar>(static_cast<std::size_t>(queries.size(0) * k))};
  each_distance_row(queries, base, "nearest", [&](Index i, const Scalar* row) {
    Scalar* distances = found.distances.data() + i * k;
    int* places = found.places.data() + i * k;
    Nearest best(distances, places, k);
    for (Index j = 0; j < m; ++j)
      if (!skip_itself || j != i) best.offer(row[j], static_cast<int>(j));
    measure_again(queries.data() + i * queries.size(1), base, distances, places, k);
  });
  return found;
}

void check_labels(const char* what, const Neighbors& found, std::span<const int> query_labels,
                  std::span<const int> base_labels) {
  require(static_cast<Index>(query_labels.size()) == found.queries() && found.queries() > 0, what, ": ",
          query_labels.size(), " labels for ", found.queries(), " queries");
  const int last = *std::max_element(found.places.begin(), found.places.end());
  require(last < static_cast<Index>(base_labels.size()), what, ": neighbour ", last, " of a base with ",
          base_labels.size(), " labels");
}

int vote(std::span<const int> places, std::span<const int> labels) {
  std::map<int, int> votes;
  int most = 0;
  for (const int place : places) most = std::max(most, ++votes[labels[static_cast<std::size_t>(place)]]);
  for (const int place : places)
    if (const int label = labels[static_cast<std::size_t>(place)]; votes[label] == most) return label;
  return -1;
}

// How many of the neighbours of a query have its label.
Index matches(const Neighbors& found, Index query, std::span<const int> query_labels,
              std::span<const int> base_labels) {
  const std::span<const int> places = found.of(query);
  return std::count_if(places.begin(), places.end(), [&](int place) {
    return base_labels[static_cast<std::size_t>(place)] == query_labels[static_cast<std::size_t>(query)];
  });
}

}  // namespace

std::span<const int> Neighbors::of(Index query) const {
  require(query >= 0 && query < queries(), "neighbors: query ", query, " of ", queries());
  return std::span(places).subspan(static_cast<std::size_t>(query * k), static_cast<std::size_t>(k));
}

Neighbors Neighbors::first(Index fewer) const {
  require(fewer >= 1 && fewer <= k, "neighbors: the first ", fewer, " of ", k);
  Neighbors result{fewer, {}, {}};
  for (Index from = 0; from < static_cast<Index>(places.size()); from += k) {
    result.places.insert(result.places.end(), places.begin() + from, places.begin() + from + fewer);
    result.distances.insert(result.distances.end(), distances.begin() + from, distances.begin() + from + fewer);
  }
  return result;
}

void Nearest::insert(Scalar distance, int place) {
  Index i = count_ < k_ ? count_++ : k_ - 1;  // the last one is pushed out
  for (; i > 0 && distance < distances_[i - 1]; --i) {
    distances_[i] = distances_[i - 1];
    places_[i] = places_[i - 1];
  }
  distances_[i] = distance;
  places_[i] = place;
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

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
