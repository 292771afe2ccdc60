#include <hourglass/metrics/mmd.h>

#include <cmath>
#include <vector>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

// Σ_ij k(a_i, b_j), without i = j where a and b are the same sample.
double kernel_sum(const Tensor& a, const Tensor& b, double C, bool same) {
  std::vector<double> sums(static_cast<std::size_t>(a.size(0)), 0);
  each_distance_row(a, b, "mmd_squared", [&](Index i, const double* row) {
    for (Index j = 0; j < b.size(0); ++j)
      if (!same || j != i) sums[static_cast<std::size_t>(i)] += C / (C + row[j]);
  });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total;
}

}  // namespace

double mmd_squared(const Tensor& a, const Tensor& b, double C) {
  require(C > 0 && std::isfinite(C), "mmd_squared: C is ", C, ", expected a finite number above 0");
  require(!a.empty() && !b.empty() && a.size(0) >= 2 && b.size(0) >= 2, "mmd_squared: ", a.shape(), " against ",
          b.shape(), ", at least 2 rows of each are needed");
  const auto n = static_cast<double>(a.size(0)), m = static_cast<double>(b.size(0));
  return kernel_sum(a, a, C, true) / (n * (n - 1)) + kernel_sum(b, b, C, true) / (m * (m - 1)) -
         2 * kernel_sum(a, b, C, false) / (n * m);
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
