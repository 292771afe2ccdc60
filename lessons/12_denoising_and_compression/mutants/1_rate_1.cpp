// Truncates instead of rounding.
#include <cmath>
#include <map>
#include <span>

int symbol(double h, double step) { return static_cast<int>((h / step)); }

double bits(std::span<const int> symbols) {
  std::map<int, int> counts;
  for (int s : symbols) ++counts[s];
  const double n = static_cast<double>(symbols.size());
  double total = 0;
  for (const auto& [s, count] : counts) total += count * std::log2(n / count);
  return total;
}
