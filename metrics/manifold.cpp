#include <hourglass/metrics/manifold.h>

#include <algorithm>

#include <hourglass/metrics/neighbors.h>
#include <hourglass/tensor/distances.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

Manifold::Manifold(const Tensor& x, Index k) : sample_(x) {
  const Neighbors others = nearest_others(x, k);
  for (Index i = 0; i < x.size(0); ++i) reach_.push_back(others.distances[static_cast<std::size_t>(i * k + k - 1)]);
}

std::vector<bool> Manifold::contains(const Tensor& x) const {
  std::vector<char> found(static_cast<std::size_t>(x.size(0)));  // not bool: several threads write neighbours of it
  const Index d = sample_.size(1);
  each_distance_row(x, sample_, "manifold", [&](Index i, const double* row) {
    char& inside = found[static_cast<std::size_t>(i)];
    for (std::size_t j = 0; j < reach_.size() && !inside; ++j)  // rounding must not decide: what is near is measured
      inside = row[j] <= reach_[j] * (1 + 2 * distance_error) &&
               squared_distance(x.data() + i * d, sample_.data() + static_cast<Index>(j) * d, d) <= reach_[j];
  });
  return {found.begin(), found.end()};
}

double Manifold::share_of(const Tensor& x) const {
  const std::vector<bool> found = contains(x);
  return static_cast<double>(std::count(found.begin(), found.end(), true)) / static_cast<double>(found.size());
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
