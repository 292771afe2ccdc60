// Returns the middle layer, which need not be the smallest.
#include <algorithm>
#include <vector>

#include <hourglass/tensor/shape.h>

using namespace hourglass;

Index weights_of(const std::vector<Index>& sizes) {
  Index sum = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) sum += (sizes[i - 1] + 1) * sizes[i];
  return sum;
}

Index bottleneck_of(const std::vector<Index>& sizes) { return sizes[sizes.size() / 2]; }
