// Divides by the number of anomalies, not by the number of pairs.
#include <span>

double telling(std::span<const double> own, std::span<const double> strange) {
  double sum = 0;
  for (double s : strange)
    for (double o : own) sum += s > o ? 1 : s == o ? 0.5 : 0;
  return sum / static_cast<double>(strange.size());
}
