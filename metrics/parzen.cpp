#include <hourglass/metrics/parzen.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

std::vector<Estimate> parzen_log_likelihood(const Tensor& samples, const Tensor& x, std::span<const double> widths) {
  require(!widths.empty(), "parzen: no width given");
  for (const double width : widths)
    require(width > 0 && std::isfinite(width), "parzen: width ", width, ", expected a finite number above 0");
  require(!samples.empty() && samples.dim() == 2 && !x.empty(), "parzen: ", samples.shape(),
          " is not a batch of samples [m, d]");
  const Index m = samples.size(0);
  std::vector<std::vector<double>> values(widths.size(), std::vector<double>(static_cast<std::size_t>(x.size(0))));
  each_distance_row(x, samples, "parzen", [&](Index i, const double* row) {
    const double nearest = *std::min_element(row, row + m);
    for (std::size_t w = 0; w < widths.size(); ++w) {
      const double scale = -0.5 / (widths[w] * widths[w]);
      double sum = 0;
      for (Index j = 0; j < m; ++j) sum += std::exp(scale * (row[j] - nearest));
      values[w][static_cast<std::size_t>(i)] =
          scale * nearest + std::log(sum / static_cast<double>(m)) -
          static_cast<double>(x.size(1)) * std::log(widths[w] * std::sqrt(2 * std::numbers::pi));
    }
  });
  std::vector<Estimate> estimates;
  for (const std::vector<double>& of_width : values) estimates.push_back(estimate(of_width));
  return estimates;
}

Parzen parzen(const Tensor& samples, const Tensor& validation, const Tensor& test) {
  std::vector<double> widths;
  for (int i = 0; i < 10; ++i) widths.push_back(std::pow(10, -1 + i / 9.0));
  const std::vector<Estimate> tried = parzen_log_likelihood(samples, validation, widths);
  const auto best = std::max_element(tried.begin(), tried.end(),
                                     [](const Estimate& a, const Estimate& b) { return a.mean < b.mean; });
  const double width = widths[static_cast<std::size_t>(best - tried.begin())];
  return {parzen_log_likelihood(samples, test, std::span(&width, 1))[0], width};
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
