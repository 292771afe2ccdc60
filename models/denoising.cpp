#include "models/denoising.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

Denoising::Denoising(const Options& o, Rng& rng) : corruption(o.corruption) {
  encoder = nn::mlp(o.sizes, o.activation, Activation::none, rng);
  const std::vector<Index> mirrored(o.sizes.rbegin(), o.sizes.rend());
  decoder = nn::mlp(mirrored, o.activation, Activation::sigmoid, rng);
}

}  // namespace hourglass::inline HOURGLASS_BUILD::models
