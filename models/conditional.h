#pragma once
#include <span>
#include <vector>

#include <hourglass/models/gaussian_autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The conditional variational autoencoder: encoder and decoder both receive the label y, so that the code need not
/// contain it, and the decoder generates digits of a given class.
///
///     L(x | y) = -E_q(h|x,y) log p(x | h, y) + KL(q(h | x, y) ‖ N(0, 1))                          nats per image
///
/// Sohn, Lee & Yan 2015. The label enters as a one-hot vector behind x, and behind h.
struct Conditional : nn::Module {
  /// Sizes; the decoder's hidden layers mirror the encoder's.
  struct Options {
    Index input = 784, classes = 10;
    std::vector<Index> hidden = {400};
    Index code = 20;
  };
  /// Weights start as those of `nn::mlp`.
  Conditional(const Options& options, Rng& rng);

  /// q(h | x, y). This and all that follow throw unless there is a label in 0 … classes - 1 for each image.
  Posterior posterior(const Variable& x, std::span<const int> labels);
  /// The mean of q: [n, code].
  Variable encode(const Variable& x, std::span<const int> labels) { return posterior(x, labels).mean; }
  /// The logits of the images with these labels, [n, input]; `decode` gives their sigmoid.
  Variable logits(const Variable& h, std::span<const int> labels);
  /// The probability of each pixel: [n, input].
  Variable decode(const Variable& h, std::span<const int> labels);
  /// L(x | y) by one draw of the code; nats per image.
  Loss loss(const Tensor& x, std::span<const int> labels, Rng& rng);
  /// encoder.0.weight, …, decoder.0.weight, …
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  /// `encoder` and `decoder`, as `encode` and `decode` are; each takes the one-hot label behind its input, in one row.
  nn::Networks networks() const override { return of_posterior(Module::networks(), code); }

  nn::Sequential encoder, decoder;
  Index classes, code;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
