// Does not leave out a rank without images: 0 times NaN is NaN.
#include <utility>
#include <vector>

#include <hourglass/tensor/elementwise.h>

using namespace hourglass;

std::pair<Index, Index> part(Index n, Index R, Index r) {
  const Index first = r * n / R, last = (r + 1) * n / R;
  return {first, last - first};
}

Tensor gradient_of_all(const std::vector<Tensor>& g, const std::vector<Index>& counts) {
  Index all = 0;
  for (const Index count : counts) all += count;
  Tensor sum = Tensor::zeros(g[0].shape());
  for (std::size_t r = 0; r < g.size(); ++r) {
    sum.add_(static_cast<Scalar>(counts[r]) / static_cast<Scalar>(all) * g[r]);
  }
  return sum;
}
