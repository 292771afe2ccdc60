// Measures the fraction t from the wrong end of the interval.
#include <cstddef>
#include <limits>
#include <span>

double bits_at(std::span<const double> quality, std::span<const double> bits, double wanted) {
  for (std::size_t i = 0; i < quality.size(); ++i) {
    if (quality[i] < wanted) continue;
    if (i == 0) return bits[0];
    const double t = (quality[i] - wanted) / (quality[i] - quality[i - 1]);
    return bits[i - 1] + t * (bits[i] - bits[i - 1]);
  }
  return std::numeric_limits<double>::infinity();
}

double with_decoder(double bits, double weights, double pixels) { return bits + 32 * weights / pixels; }
