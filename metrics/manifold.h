#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The region where images lie, estimated from a sample: balls around its rows, each with the distance to that row's
/// own k-th nearest neighbour as its radius (Kynkäänniemi et al. 2019, eq. 1). Built from real images, it contains a
/// share of the generated ones: their precision. Built from generated images, it contains a share of the real ones: the
/// recall. Compare only samples of equal size, since the radii shrink as a sample grows.
class Manifold {
 public:
  /// Throws unless x [n, d] has more than k rows, k >= 1 and all numbers are finite.
  explicit Manifold(const Tensor& x, Index k = 3);
  /// Row by row of x [m, d], the edge of a ball being inside. Throws unless the columns agree and all numbers are
  /// finite.
  std::vector<bool> contains(const Tensor& x) const;
  /// The share of the rows of x [m, d] that it contains. Throws as `contains`.
  double share_of(const Tensor& x) const;

 private:
  Tensor sample_;
  std::vector<double> reach_;  // squared
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
