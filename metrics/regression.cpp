#include <hourglass/metrics/regression.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <hourglass/metrics/columns.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

double mean_of(std::span<const double> y) {
  return std::accumulate(y.begin(), y.end(), 0.0) / static_cast<double>(y.size());
}

void require_numbers(std::span<const double> y) {
  for (std::size_t i = 0; i < y.size(); ++i)
    require(std::isfinite(y[i]), "linear regression: number ", i, " is ", y[i], ", expected a finite number");
}

}  // namespace

LinearRegression::LinearRegression(const Tensor& x, std::span<const double> y, double l2) {
  require(!x.empty() && x.dim() == 2 && x.size(0) == static_cast<Index>(y.size()) && y.size() >= 2,
          "linear regression: ", y.size(), " numbers for features ", x.shape(), ", at least 2 are needed");
  require(l2 >= 0, "linear regression: l2 is ", l2, ", expected at least 0");
  require_numbers(y);
  const auto d = static_cast<std::size_t>(x.size(1));
  const auto n = static_cast<double>(y.size());
  const std::vector<double> means = column_means(x, "linear regression");
  const double mean_y = mean_of(y);
  const double unit = safe_unit(largest_deviation(x, means));
  l2 = l2 / unit / unit;
  const Tensor about = centered(x, means, unit);
  const Tensor products = matmul(about, about, Transpose::yes, Transpose::no);
  const Eigen eigen = eigen_symmetric(static_cast<Scalar>(1 / n) * products);
  std::vector<double> with_y(d, 0);  // covariance of each feature with y
  for (std::size_t i = 0; i < y.size(); ++i)
    for (std::size_t j = 0; j < d; ++j) with_y[j] += double(about.data()[i * d + j]) * (y[i] - mean_y) / n;
  weights.assign(d, 0);  // w = Vᵀ (Λ + λ)⁻¹ V cov(x, y), with an eigenvector in each row of V
  for (std::size_t k = 0; k < d; ++k) {
    const double variance = eigen.values.data()[k];
    if (variance <= 1e-7 * double(eigen.values.data()[0])) break;  // all of them, where nothing varies
    const Scalar* direction = eigen.vectors.data() + k * d;
    const double along = std::inner_product(direction, direction + d, with_y.begin(), 0.0) / (variance + l2);
    for (std::size_t j = 0; j < d; ++j) weights[j] += along * double(direction[j]);
  }
  for (double& weight : weights) weight /= unit;
  bias = mean_y - std::inner_product(weights.begin(), weights.end(), means.begin(), 0.0);
}

std::vector<double> LinearRegression::predict(const Tensor& x) const {
  require(!x.empty() && x.dim() == 2 && x.size(1) == static_cast<Index>(weights.size()),
          "linear regression: ", x.shape(), ", fitted to ", weights.size(), " columns");
  require_finite(x, "linear regression");
  std::vector<double> predicted;
  for (const Scalar* row = x.data(); row != x.data() + x.numel(); row += x.size(1))
    predicted.push_back(bias + std::inner_product(weights.begin(), weights.end(), row, 0.0));
  return predicted;
}

double LinearRegression::r_squared(const Tensor& x, std::span<const double> y) const {
  const std::vector<double> predicted = predict(x);
  require(predicted.size() == y.size(), "linear regression: ", y.size(), " numbers for features ", x.shape());
  require_numbers(y);
  const auto [least, most] = std::minmax_element(y.begin(), y.end());
  require(*least < *most, "linear regression: all ", y.size(), " numbers are ", *least);
  const double mean_y = mean_of(y);
  double left = 0, all = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    left += (y[i] - predicted[i]) * (y[i] - predicted[i]);
    all += (y[i] - mean_y) * (y[i] - mean_y);
  }
  require(all > 0 && std::isfinite(left) && std::isfinite(all), "linear regression: the squares of ", y.size(),
          " numbers, or of their errors, are beyond the range of numbers");
  return 1 - left / all;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
