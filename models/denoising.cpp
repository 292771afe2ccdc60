#include <hourglass/models/denoising.h>

namespace hourglass::HOURGLASS_BUILD::models {

Denoising::Denoising(const Options& o, Rng& rng) : corruption(o.corruption) {
  encoder = nn::mlp(o.sizes, o.activation, Activation::none, rng);
  decoder = nn::mlp(mirrored(o.sizes), o.activation, Activation::sigmoid, rng);
}

}  // namespace hourglass::HOURGLASS_BUILD::models
