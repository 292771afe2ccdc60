// The ELBO: the mean of the logarithms.
#include <span>

double log_mean_weight(std::span<const double> log_weights) {
  double sum = 0;
  for (const double v : log_weights) sum += v;
  return sum / static_cast<double>(log_weights.size());
}
