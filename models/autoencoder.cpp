#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

std::vector<Index> stack(Index first, std::vector<Index> inner, Index last) {
  inner.insert(inner.begin(), first);
  inner.push_back(last);
  return inner;
}

std::vector<Index> mirrored(const std::vector<Index>& sizes) { return {sizes.rbegin(), sizes.rend()}; }

}  // namespace hourglass::HOURGLASS_BUILD::models
