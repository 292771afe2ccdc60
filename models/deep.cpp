#include <hourglass/models/deep.h>

namespace hourglass::HOURGLASS_BUILD::models {

Deep::Deep(const Options& o, Rng& rng) {
  encoder = nn::mlp(o.sizes, o.activation, Activation::none, rng, o.init);
  decoder = nn::mlp(mirrored(o.sizes), o.activation, Activation::sigmoid, rng, o.init);
}

}  // namespace hourglass::HOURGLASS_BUILD::models
