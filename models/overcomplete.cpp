#include <hourglass/models/overcomplete.h>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Overcomplete::Overcomplete(const Sizes& s, Rng& rng) {
  require(s.code >= s.input, "Overcomplete: a code of ", s.code, " is smaller than the input of ", s.input);
  encoder = nn::mlp({s.input, s.code}, Activation::relu, Activation::relu, rng);
  decoder = nn::mlp({s.code, s.input}, Activation::relu, Activation::none, rng);
}

}  // namespace hourglass::HOURGLASS_BUILD::models
