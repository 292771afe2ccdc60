// Counts the encoder twice, as if every decoder mirrored it.
#include <algorithm>
#include <vector>

#include <hourglass/tensor/shape.h>

using namespace hourglass;

Index weights_of(const std::vector<Index>& sizes) {
  Index sum = 0;
  for (std::size_t i = 1; i <= sizes.size() / 2; ++i) sum += 2 * (sizes[i - 1] + 1) * sizes[i];
  return sum;
}

Index bottleneck_of(const std::vector<Index>& sizes) { return *std::min_element(sizes.begin(), sizes.end()); }
