// The sum of the logarithms without the factor p.
#include <array>
#include <cmath>
#include <cstdint>
#include <span>

double entropy_of_bytes(std::span<const std::uint8_t> bytes) {
  std::array<double, 256> counts{};
  for (const std::uint8_t byte : bytes) ++counts[byte];
  double bits = 0;
  for (const double count : counts) {
    const double p = count / static_cast<double>(bytes.size());
    if (count > 0) bits -= std::log2(p);
  }
  return bits;
}
