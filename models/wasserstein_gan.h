#pragma once
#include <vector>

#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The Wasserstein GAN with gradient penalty: the discriminator becomes a critic D that outputs a score instead of a
/// probability; a penalty keeps its gradient's norm near 1, so that the difference of its mean scores estimates the
/// Wasserstein distance between real and generated images.
///
///     critic:     D(G(z)) - D(x) + λ (‖∂D/∂x^‖ - 1)²,   x^ = t x + (1 - t) G(z),  t ~ U(0, 1) for each image
///     generator:  -D(G(z))
///
/// Arjovsky, Chintala & Bottou 2017; Gulrajani et al. 2017, algorithm 1. The penalty's gradient is a second derivative.
struct WassersteinGan : nn::Module {
  /// Sizes, and the weight of the gradient penalty.
  struct Options {
    Index input = 784, noise = 64;
    std::vector<Index> generator_hidden = {256, 512}, critic_hidden = {512, 256};
    Number weight = 10;  ///< λ
  };
  /// Throws on a negative λ.
  WassersteinGan(const Options& options, Rng& rng);

  /// G(z): [n, noise] to [n, input], each number in (0, 1)
  Variable generate(const Variable& z) { return generator.forward(z); }
  /// D(x): [n, 1]
  Variable score(const Variable& x) { return critic.forward(x); }
  /// z ~ N(0, 1), drawn anew: [n, noise]
  Tensor noise(Index n, Rng& rng) const { return rng.normal({n, noise_size}); }

  /// (‖∂D/∂x‖ - 1)² averaged over the images x, which are constants here.
  Variable gradient_penalty(const Tensor& x);
  /// The critic's loss, for five steps to each of the generator; its gradient does not reach the generator.
  Loss critic_loss(const Tensor& x, Rng& rng);
  /// The generator's loss over n generated images. The critic's parameters accumulate a gradient too: clear them
  /// before the critic's own step.
  Loss generator_loss(Index n, Rng& rng);

  /// generator.0.weight, …, critic.0.weight, …; each network has an optimiser of its own:
  /// `nn::Adam(gan.generator.parameters("generator."))`.
  nn::Members members() override { return {{"generator", generator}, {"critic", critic}}; }

  nn::Sequential generator, critic;
  Index noise_size;
  Scalar weight;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
