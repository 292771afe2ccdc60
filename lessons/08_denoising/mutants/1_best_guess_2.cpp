// Omits the factor 2 in the exponent.
#include <algorithm>
#include <cmath>
#include <vector>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor best_guess(const Tensor& y, const Tensor& points, Scalar sigma) {
  const Index m = points.size(0), d = points.size(1);
  std::vector<double> exponents(static_cast<std::size_t>(m));
  for (Index j = 0; j < m; ++j) {
    double distance = 0;
    for (Index i = 0; i < d; ++i) distance += std::pow(double(y.data()[i] - points.data()[j * d + i]), 2);
    exponents[static_cast<std::size_t>(j)] = -distance / (double(sigma) * double(sigma));
  }
  const double largest = *std::max_element(exponents.begin(), exponents.end());
  std::vector<double> sum(static_cast<std::size_t>(d));
  double total = 0;
  for (Index j = 0; j < m; ++j) {
    const double weight = std::exp(exponents[static_cast<std::size_t>(j)] - largest);
    for (Index i = 0; i < d; ++i) sum[static_cast<std::size_t>(i)] += weight * double(points.data()[j * d + i]);
    total += weight;
  }
  Tensor r({d});
  for (Index i = 0; i < d; ++i) r.write_()[i] = Scalar(sum[static_cast<std::size_t>(i)] / total);
  return r;
}
