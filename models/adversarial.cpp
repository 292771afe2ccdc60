#include <hourglass/models/adversarial.h>

#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>
#include <hourglass/nn/function.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::models {

Gan::Gan(const Options& o, Rng& rng)
    : generator(nn::mlp(stack(o.noise, o.generator_hidden, o.input), Activation::relu, Activation::sigmoid, rng)),
      noise_size(o.noise),
      real_target(o.real_target),
      instance_noise(o.instance_noise) {
  require(o.instance_noise >= 0, "Gan: the noise on the discriminator's images is ", o.instance_noise,
          ", it cannot be negative");
  require(o.dropout >= 0 && o.dropout < 1, "Gan: dropout is ", o.dropout, ", expected 0 <= p < 1");
  require(o.real_target >= 0 && o.real_target <= 1, "Gan: the target of real images is ", o.real_target,
          ", expected 0 to 1");
  Index below = o.input;
  for (const Index size : o.discriminator_hidden) {
    discriminator.add(nn::Linear(below, size, Activation::leaky(0.2), rng));
    if (o.dropout > 0) discriminator.add(nn::Dropout(o.dropout, rng));
    below = size;
  }
  discriminator.add(nn::Linear(below, 1, Activation::none, rng));
}

Variable Gan::discriminate_noisy(const Variable& x, Rng& rng) {
  return discriminate(instance_noise > 0 ? x + instance_noise * rng.normal(x.shape()) : x);
}

// -log D = cross-entropy of the logit against 1, -log(1 - D) against 0.
Loss Gan::discriminator_loss(const Tensor& x, Rng& rng) {
  const Index n = x.size(0);
  const Variable fake = generate(noise(n, rng)).detach();
  const Loss real = nn::binary_cross_entropy_with_logits(discriminate_noisy(x, rng), Tensor::full({n, 1}, real_target));
  return {real.value + nn::binary_cross_entropy_with_logits(discriminate_noisy(fake, rng), Tensor::zeros({n, 1})).value,
          Unit::nats_per_image};
}

Loss Gan::generator_loss(Index n, Rng& rng) {
  return nn::binary_cross_entropy_with_logits(discriminate_noisy(generate(noise(n, rng)), rng),
                                              Tensor::full({n, 1}, 1));
}

}  // namespace hourglass::HOURGLASS_BUILD::models
