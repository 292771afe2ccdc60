// Rounds the parts down: the last images belong to no rank.
#include <utility>
#include <vector>

#include <hourglass/tensor/elementwise.h>

using namespace hourglass;

std::pair<Index, Index> part(Index n, Index R, Index r) {
  const Index first = n / R * r, last = n / R * (r + 1);
  return {first, last - first};
}

Tensor gradient_of_all(const std::vector<Tensor>& g, const std::vector<Index>& counts) {
  Index all = 0;
  for (const Index count : counts) all += count;
  Tensor sum = Tensor::zeros(g[0].shape());
  for (std::size_t r = 0; r < g.size(); ++r) {
    if (counts[r] == 0) continue;
    sum.add_(static_cast<Scalar>(counts[r]) / static_cast<Scalar>(all) * g[r]);
  }
  return sum;
}
