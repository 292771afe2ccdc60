#include <hourglass/models/undercomplete.h>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Undercomplete::Undercomplete(const Sizes& s, Rng& rng) {
  require(s.code < s.input, "Undercomplete: a code of ", s.code, " is not smaller than the input of ", s.input);
  // hole halves: encoder and decoder, each with one hidden layer
  encoder = nn::mlp({s.input, s.hidden, s.code}, Activation::relu, Activation::none, rng);
  decoder = nn::mlp({s.code, s.hidden, s.input}, Activation::relu, Activation::sigmoid, rng);
  // end of hole
}

}  // namespace hourglass::HOURGLASS_BUILD::models
