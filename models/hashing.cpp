#include <hourglass/models/hashing.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Hashing::Hashing(const Options& o, Rng& rng) : noise(o.noise) {
  require(noise >= 0, "Hashing: the noise has a deviation of ", noise, ", it cannot be negative");
  encoder = nn::mlp(stack(o.input, o.hidden, o.bits), Activation::relu, Activation::none, rng);
  decoder = nn::mlp(stack(o.bits, mirrored(o.hidden), o.input), Activation::relu, Activation::sigmoid, rng);
}

Variable Hashing::encode(const Variable& x) { return round_straight_through(sigmoid(encoder.forward(x))); }

Loss Hashing::loss(const Tensor& x, Rng& rng) {
  const Variable a = encoder.forward(x);
  const Variable h = round_straight_through(sigmoid(a + rng.normal(a.shape(), 0, noise)));
  return nn::squared_error(decode(h), x);
}

nn::Networks Hashing::networks() const {
  nn::Networks all = Module::networks();
  all["encoder"].push_back({"activation", "", Activation::sigmoid});
  all["encoder"].push_back({"round"});
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::models
