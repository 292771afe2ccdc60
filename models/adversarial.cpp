#include "models/adversarial.h"

#include "autograd/ops.h"

namespace hourglass::inline HOURGLASS_BUILD::models {

Gan::Gan(const Options& o, Rng& rng)
    : generator(nn::mlp({o.noise, o.generator_hidden, o.input}, Activation::relu, Activation::sigmoid, rng)),
      discriminator(nn::mlp({o.input, o.discriminator_hidden, 1}, Activation::leaky_relu, Activation::none, rng)),
      noise_size(o.noise),
      real_target(o.real_target) {}

// -log D = cross-entropy of the logit against 1, -log(1 - D) against 0.
Loss Gan::discriminator_loss(const Tensor& x, Rng& rng) {
  const Index n = x.size(0);
  const Variable fake = stop_gradient(generate(noise(n, rng)));
  const Loss real = nn::cross_entropy(judge(x), Tensor::full({n, 1}, real_target));
  return {real.value + nn::cross_entropy(judge(fake), Tensor::zeros({n, 1})).value, Unit::nats_per_image};
}

Loss Gan::generator_loss(Index n, Rng& rng) {
  return nn::cross_entropy(judge(generate(noise(n, rng))), Tensor::full({n, 1}, 1));
}

nn::Parameters Gan::generator_parameters() const {
  nn::Parameters all;
  generator.collect(all, "generator.");
  return all;
}

nn::Parameters Gan::discriminator_parameters() const {
  nn::Parameters all;
  discriminator.collect(all, "discriminator.");
  return all;
}

nn::Parameters Gan::parameters() const {
  nn::Parameters all = generator_parameters();
  discriminator.collect(all, "discriminator.");
  return all;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::models
