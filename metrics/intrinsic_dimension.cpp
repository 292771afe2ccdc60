#include <hourglass/metrics/intrinsic_dimension.h>

#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

double intrinsic_dimension(const Neighbors& found) {
  require(found.k >= 2, "intrinsic_dimension: ", found.k, " neighbours, at least 2 are needed");
  double sum = 0;
  Index counted = 0;
  for (Index q = 0; q < found.queries(); ++q) {
    const double* squared = found.distances.data() + q * found.k;  // so that logarithms are halved
    for (Index j = 0; j < found.k; ++j)
      require(std::isfinite(squared[j]), "intrinsic_dimension: distance ", j, " of query ", q, " is ", squared[j],
              ", expected a finite number");
    if (squared[0] <= 0) continue;
    double logs = 0;
    for (Index j = 0; j < found.k - 1; ++j) logs += 0.5 * std::log(squared[found.k - 1] / squared[j]);
    sum += logs / static_cast<double>(found.k - 1);
    ++counted;
  }
  require(counted > 0 && sum > 0, "intrinsic_dimension: the points coincide with their neighbours");
  return static_cast<double>(counted) / sum;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
