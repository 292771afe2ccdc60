#include <hourglass/metrics/activity.h>

#include <algorithm>
#include <cmath>

#include <hourglass/metrics/columns.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

struct Sums {
  double absolute = 0, square = 0;
  void add(double v) {
    absolute += std::abs(v);
    square += v * v;
  }
};

// The mean sparsity of those that are not all 0; `n` numbers went into each.
double mean_sparsity(const std::vector<Sums>& all, Index n) {
  double sum = 0, counted = 0;
  for (const Sums& s : all)
    if (s.square > 0) {
      sum += hoyer_sparsity(static_cast<double>(n), s.absolute, s.square);
      ++counted;
    }
  return counted > 0 ? sum / counted : 0;
}

}  // namespace

double hoyer_sparsity(double n, double absolute_sum, double square_sum) {
  require(n >= 1 && absolute_sum >= 0 && square_sum > 0 && std::isfinite(n + absolute_sum + square_sum),
          "hoyer_sparsity: of ", n, " numbers with a sum of ", absolute_sum, " and a sum of squares of ", square_sum);
  if (n <= 1) return 0;
  return std::max(0.0, (std::sqrt(n) - absolute_sum / std::sqrt(square_sum)) / (std::sqrt(n) - 1));
}

Activity activity(const Tensor& h, Number threshold) {
  require(!h.empty() && h.dim() == 2, "activity: ", h.shape(), " is not a batch of codes [n, units]");
  require(!std::isnan(threshold), "activity: the threshold is ", double(threshold));
  const Index n = h.size(0), units = h.size(1);
  const auto images = static_cast<double>(n);
  Activity result;
  result.mean = column_means(h, "activity");
  result.active.assign(static_cast<std::size_t>(units), 0);
  std::vector<Sums> of_image(static_cast<std::size_t>(n)), of_unit(static_cast<std::size_t>(units));
  for (std::size_t i = 0; i < of_image.size(); ++i)
    for (std::size_t j = 0; j < of_unit.size(); ++j) {
      const Scalar v = h.data()[i * of_unit.size() + j];
      result.active[j] += std::abs(v) > threshold ? 1 : 0;
      of_image[i].add(v);
      of_unit[j].add(v);
    }
  result.dead = std::count(result.active.begin(), result.active.end(), 0.0);
  for (double& share : result.active) {
    share /= images;
    result.share_active += share / static_cast<double>(units);
  }
  result.population_sparsity = mean_sparsity(of_image, units);
  result.lifetime_sparsity = mean_sparsity(of_unit, n);
  return result;
}

std::vector<double> unit_variances(const Tensor& h) {
  return column_variances(h, column_means(h, "unit_variances"), "unit_variances");
}

Index active_units(const Tensor& means, double threshold) {
  require(!std::isnan(threshold), "active_units: the threshold is ", threshold);
  const std::vector<double> variances = unit_variances(means);
  return std::count_if(variances.begin(), variances.end(), [=](double v) { return v > threshold; });
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
