// Factors out the smallest: the rest overflows.
#include <algorithm>
#include <cmath>
#include <span>

double log_mean_weight(std::span<const double> log_weights) {
  const double m = *std::min_element(log_weights.begin(), log_weights.end());
  double sum = 0;
  for (const double v : log_weights) sum += std::exp(v - m);
  return m + std::log(sum / static_cast<double>(log_weights.size()));
}
