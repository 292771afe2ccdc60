#include <hourglass/models/denoising.h>

namespace hourglass::HOURGLASS_BUILD::models {

Denoising::Denoising(const Options& o, Rng& rng) : corruption(o.corruption) {
  encoder = nn::mlp(o.sizes, o.activation, Activation::none, rng);
  decoder = nn::mlp(mirrored(o.sizes), o.activation, Activation::sigmoid, rng);
}

Loss Denoising::loss(const Tensor& x, Rng& rng) {
  // hole denoising: L(x, g(f(x~))): the input is corrupted, the target is not
  return nn::squared_error(decode(encode(corrupt(x, rng))), x);
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD::models
