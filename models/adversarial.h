#pragma once
#include <vector>

#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The generative adversarial network: a generator makes images from noise, a discriminator distinguishes them from
/// training images, and each is trained against the other.
///
///     discriminator:  -log D(x) - log(1 - D(G(z)))        generator:  -log D(G(z))       (non-saturating)
///
/// Goodfellow et al. 2014, algorithm 1 and §3. D outputs a logit; z ~ N(0, I).
struct Gan : nn::Module {
  /// Sizes, and what regularises the discriminator.
  struct Options {
    Index input = 784, noise = 64;
    std::vector<Index> generator_hidden = {256}, discriminator_hidden = {256};
    Number dropout = 0;      ///< in the discriminator, behind each hidden layer: it must not memorise the images
    Number real_target = 1;  ///< 0.9 is one-sided label smoothing (Salimans et al. 2016)
    /// σ of the Gaussian noise on all images that the discriminator is trained with: it makes the two kinds overlap
    /// (Arjovsky & Bottou 2017, §3). For a perfect discriminator the gradient of log(1 - D) vanishes, and that of
    /// -log D does not, but is unstable (§2.2).
    Number instance_noise = 0;
  };
  /// Throws on a negative σ, a dropout outside of [0, 1) and a target outside of [0, 1]. Dropout goes on drawing from
  /// `rng`, which must live as long.
  Gan(const Options& options, Rng& rng);

  /// G(z): [n, noise] to [n, input], each number in (0, 1)
  Variable generate(const Variable& z) { return generator.forward(z); }
  /// The logit of D(x): [n, 1]
  Variable discriminate(const Variable& x) { return discriminator.forward(x); }
  /// z ~ N(0, 1), drawn anew: [n, noise]
  Tensor noise(Index n, Rng& rng) const { return rng.normal({n, noise_size}); }

  /// The discriminator's loss in nats per image; its gradient does not reach the generator.
  Loss discriminator_loss(const Tensor& x, Rng& rng);
  /// The generator's loss over n generated images, in nats per image. Its gradient passes through the discriminator,
  /// whose parameters accumulate one too: clear them before the discriminator's own step.
  Loss generator_loss(Index n, Rng& rng);

  /// generator.0.weight, …, discriminator.0.weight, …; each network has an optimiser of its own:
  /// `nn::Adam(gan.generator.parameters("generator."))`.
  nn::Members members() override { return {{"generator", generator}, {"discriminator", discriminator}}; }

  nn::Sequential generator, discriminator;
  Index noise_size;
  Scalar real_target, instance_noise;

 private:
  /// The logit of D(x + σ ε), ε ~ N(0, 1).
  Variable discriminate_noisy(const Variable& x, Rng& rng);
};

}  // namespace hourglass::HOURGLASS_BUILD::models
