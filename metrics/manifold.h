#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// Where images lie, told from a sample of them: within reach of one of its rows, which is as far as that row's own
/// k-th nearest other (Kynkäänniemi et al. 2019, eq. 1). With real images inside, the share of made ones that it
/// contains is their precision; with made images inside, the share of real ones is the recall, or coverage. Compare
/// only samples of equal size, since the reach shrinks as a sample grows.
class Manifold {
 public:
  /// Throws unless x [n, d] has more than k rows, k >= 1 and all numbers are finite.
  explicit Manifold(const Tensor& x, Index k = 3);
  /// Row by row of x [m, d], the edge of a reach being inside. Throws unless the columns agree and all numbers are
  /// finite.
  std::vector<bool> contains(const Tensor& x) const;
  /// The share of the rows of x [m, d] that it contains. Throws as `contains`.
  double share_of(const Tensor& x) const;

 private:
  Tensor sample_;
  std::vector<double> reach_;  // squared
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
