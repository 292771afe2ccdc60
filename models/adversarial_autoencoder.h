#pragma once
#include <vector>

#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The adversarial autoencoder: a discriminator distinguishes codes from draws of the prior, and the encoder is trained
/// against it, so that codes come to be distributed as the prior and the decoder becomes a generator.
///
///     reconstruction:  ‖x - g(f(x))‖²                                     trains f and g
///     discriminator:   -log D(z) - log(1 - D(f(x))),  z ~ N(0, I)         trains D
///     encoder:         -log D(f(x))                                       trains f
///
/// Makhzani et al. 2015, §2. D outputs a logit.
struct AdversarialAutoencoder : Autoencoder {
  /// Sizes; the discriminator has two hidden layers.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {512, 256};
    Index code = 8, discriminator_hidden = 256;
  };
  /// Throws on a size below 1.
  AdversarialAutoencoder(const Options& options, Rng& rng);

  /// The logit that a code [n, code] comes from the prior: [n, 1].
  Variable discriminate(const Variable& h) { return discriminator.forward(h); }
  /// The reconstruction: squared error per image.
  Loss loss(const Tensor& x) { return nn::squared_error(decode(encode(x)), x); }
  /// The discriminator's loss in nats per image; its gradient does not reach the encoder.
  Loss discriminator_loss(const Tensor& x, Rng& rng);
  /// The encoder's adversarial loss in nats per image. Its gradient passes through the discriminator, whose parameters
  /// accumulate one too.
  Loss encoder_loss(const Tensor& x);

  /// encoder.0.weight, …, decoder.0.weight, …, discriminator.0.weight, …; `encoder_loss` and `discriminator_loss` have
  /// an optimiser each: `nn::Adam(model.encoder.parameters("encoder."))`.
  nn::Members members() override {
    return {{"encoder", encoder}, {"decoder", decoder}, {"discriminator", discriminator}};
  }

  nn::Sequential discriminator;
  Index code;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
