#include "metrics/manifold.h"

#include <algorithm>

#include "metrics/distances.h"
#include "metrics/neighbors.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

Manifold::Manifold(const Tensor& x, Index k) : sample_(x) {
  const Neighbors others = nearest_others(x, k);
  for (Index i = 0; i < x.size(0); ++i) reach_.push_back(others.distances[static_cast<std::size_t>(i * k + k - 1)]);
}

std::vector<bool> Manifold::contains(const Tensor& x) const {
  std::vector<char> found(static_cast<std::size_t>(x.size(0)));  // not bool: several threads write neighbours of it
  each_distance_row(x, sample_, "manifold", [&](Index i, const Scalar* row) {
    for (std::size_t j = 0; j < reach_.size() && !found[static_cast<std::size_t>(i)]; ++j)
      found[static_cast<std::size_t>(i)] = row[j] <= reach_[j];
  });
  return {found.begin(), found.end()};
}

double Manifold::share_of(const Tensor& x) const {
  const std::vector<bool> found = contains(x);
  return static_cast<double>(std::count(found.begin(), found.end(), true)) / static_cast<double>(found.size());
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
