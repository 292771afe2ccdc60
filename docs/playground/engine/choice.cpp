#include "docs/playground/engine/choice.h"

#include <cmath>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::playground {
namespace {

constexpr Index most_units = 2048, most_layers = 4, most_images = 1024;

void in_range(const char* what, double value, double low, double high) {
  require(std::isfinite(value) && value >= low && value <= high, what, " is ", value, ", expected ", low, " to ", high);
}

}  // namespace

void check(const Choice& c) {
  require(c.hidden.size() <= most_layers, c.hidden.size(), " hidden layers, expected at most ", most_layers);
  for (const Index size : c.hidden) in_range("the size of a hidden layer", static_cast<double>(size), 1, most_units);
  in_range("the size of the code", static_cast<double>(c.code), 1, most_units);
  in_range("the batch", static_cast<double>(c.batch), 1, most_images);
  in_range("the learning rate", static_cast<double>(c.learning_rate), 0, 1);
  in_range("the noise", static_cast<double>(c.noise), 0, 2);
  in_range("the penalty", static_cast<double>(c.penalty), 0, 100);
  const bool narrow = c.variant == Variant::undercomplete;
  require(!narrow || c.code < pixels, "an undercomplete autoencoder's code is smaller than its ", pixels,
          " pixels; this one has ", c.code);
  const bool sparse = c.variant == Variant::sparse;
  require(!sparse || c.activation == Activation::relu || c.activation == Activation::sigmoid,
          "a sparse autoencoder's activation is relu (penalty |h|) or sigmoid (penalty KL)");
}

}  // namespace hourglass::HOURGLASS_BUILD::playground
