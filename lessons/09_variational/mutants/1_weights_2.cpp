// Does not factor out the largest: log 0.
#include <cmath>
#include <span>

double log_mean_weight(std::span<const double> log_weights) {
  double sum = 0;
  for (const double v : log_weights) sum += std::exp(v);
  return std::log(sum / static_cast<double>(log_weights.size()));
}
