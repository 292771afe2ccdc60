#include <hourglass/models/adversarial_autoencoder.h>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD::models {

AdversarialAutoencoder::AdversarialAutoencoder(const Options& o, Rng& rng) : code(o.code) {
  encoder = nn::mlp(stack(o.input, o.hidden, o.code), Activation::relu, Activation::none, rng);
  decoder = nn::mlp(stack(o.code, mirrored(o.hidden), o.input), Activation::relu, Activation::sigmoid, rng);
  discriminator = nn::mlp({o.code, o.discriminator_hidden, o.discriminator_hidden, 1}, Activation::leaky(0.2),
                          Activation::none, rng);
}

// -log D is the cross-entropy of the logit against 1, -log(1 - D) against 0.
Loss AdversarialAutoencoder::discriminator_loss(const Tensor& x, Rng& rng) {
  const Index n = x.size(0);
  const Variable h = encode(x).detach(), z = rng.normal({n, code});
  const Loss real = nn::binary_cross_entropy_with_logits(discriminate(z), Tensor::full({n, 1}, 1));
  return {real.value + nn::binary_cross_entropy_with_logits(discriminate(h), Tensor::zeros({n, 1})).value,
          Unit::nats_per_image};
}

Loss AdversarialAutoencoder::encoder_loss(const Tensor& x) {
  return nn::binary_cross_entropy_with_logits(discriminate(encode(x)), Tensor::full({x.size(0), 1}, 1));
}

}  // namespace hourglass::HOURGLASS_BUILD::models
