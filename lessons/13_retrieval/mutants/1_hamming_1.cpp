// Counts the bits that are set in at least one of the words.
#include <bit>
#include <cstdint>
#include <span>

#include <hourglass/tensor/scalar.h>

using namespace hourglass;

std::uint64_t packed(std::span<const Scalar> h, std::span<const Scalar> thresholds) {
  std::uint64_t word = 0;
  for (std::size_t j = 0; j < h.size(); ++j)
    if (h[j] > thresholds[j]) word |= std::uint64_t{1} << j;
  return word;
}

int differing_bits(std::uint64_t a, std::uint64_t b) { return std::popcount(a | b); }
