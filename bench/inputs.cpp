#include "bench/inputs.h"

#include <numeric>

#include <hourglass/data/mnist.h>

namespace hourglass::HOURGLASS_BUILD::bench {

data::Images training_set() {
  const std::string start = data::folder_of_data() + "/mnist/train-";
  return data::read_idx(start + "images-idx3-ubyte.gz", start + "labels-idx1-ubyte.gz");
}

nn::Parameters Inputs::weights(const nn::Parameters& parameters) {
  for (const nn::Parameter& p : parameters) {
    Tensor value = p.variable.value();
    if (drawing_) {
      archive_.add(p.name, value);
    } else {
      value.copy_(archive_.at(p.name).tensor());
    }
  }
  return parameters;
}

Tensor Inputs::images(Index n) {
  if (!drawing_) return archive_.at("images").tensor();
  static const data::Images digits = training_set();
  std::vector<int> places(static_cast<std::size_t>(n));
  std::iota(places.begin(), places.end(), 0);
  const Tensor x = digits.batch(places);
  archive_.add("images", x);
  return x;
}

Tensor Inputs::noise(const Shape& shape) {
  if (!drawing_) return archive_.at("noise").tensor();
  const Tensor z = rng.normal(shape);
  archive_.add("noise", z);
  return z;
}

}  // namespace hourglass::HOURGLASS_BUILD::bench
