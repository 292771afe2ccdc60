#include <hourglass/metrics/frechet.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include <hourglass/metrics/columns.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

struct Normal {
  Tensor root;       // R [r, d], with RᵀR the covariance
  double trace = 0;  // of the covariance
};

// In units of `unit`, which keeps products of deviations in range.
Normal normal_of(const Tensor& x, const std::vector<double>& mean, double unit) {
  Normal normal;
  const Svd factors = svd(centered(x, mean, unit * std::sqrt(static_cast<double>(x.size(0) - 1))));
  for (const Scalar s : factors.values.values()) normal.trace += double(s) * double(s);
  normal.root = factors.vt * factors.values.reshape({factors.values.numel(), 1});
  return normal;
}

}  // namespace

double frechet_distance(const Tensor& a, const Tensor& b) {
  require(!a.empty() && !b.empty() && a.dim() == 2 && b.dim() == 2 && a.size(1) == b.size(1) && a.size(0) >= 2 &&
              b.size(0) >= 2,
          "frechet_distance: ", a.shape(), " against ", b.shape(),
          ", expected two matrices of equally many columns and at least 2 rows");
  const std::vector<double> mean_a = column_means(a, "frechet_distance"), mean_b = column_means(b, "frechet_distance");
  const double unit = safe_unit(std::max(largest_deviation(a, mean_a), largest_deviation(b, mean_b)));
  const Normal left = normal_of(a, mean_a, unit), right = normal_of(b, mean_b, unit);
  double distance = left.trace + right.trace;
  const Svd both = svd(matmul(left.root, right.root, Transpose::no, Transpose::yes));
  for (const Scalar s : both.values.values()) distance -= 2 * double(s);
  if (distance < 0) distance = 0;  // of equal covariances rounding alone is left, of either sign
  distance = distance * unit * unit;  // in this order: unit² may overflow, and 0 of it is 0
  for (std::size_t j = 0; j < mean_a.size(); ++j) distance += (mean_a[j] - mean_b[j]) * (mean_a[j] - mean_b[j]);
  return distance;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
