#pragma once
#include <vector>

#include <hourglass/nn/linear.h>
#include <hourglass/nn/loss.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// A linear layer of which only some weights exist: y = φ(x (W ∘ M)ᵀ + b), M a mask of 0 and 1 [out, in].
class MaskedLinear final : public nn::Layer {
 public:
  /// Starts as `nn::Linear`, with 0 where the mask is 0.
  MaskedLinear(Tensor mask, Activation activation, Rng& rng);
  Variable forward(const Variable& x) override;
  nn::Members members() override { return full_.members(); }
  /// A linear layer, since the weights that do not exist are 0. Throws where a file has set others.
  void describe(nn::NetworkSpec& into, const std::string& prefix) const override;
  int modules() const override { return full_.modules(); }

 private:
  nn::Linear full_;
  Tensor mask_;
};

/// The masked autoencoder for distribution estimation: pixel i is predicted from the pixels before it alone, so that
/// the cross-entropy of the reconstruction is an exact likelihood, in one pass.
///
///     log p(x) = Σ_i log p(x_i | x_1 … x_{i-1})           L(x) = -log p(x)                          nats per image
///     every unit has a degree, pixel i the degree i = 1 … input; a hidden unit is connected to units of degrees up to
///     its own, the output for pixel i to those of degrees below i
///
/// Germain et al. 2015, "MADE: masked autoencoder for distribution estimation", with one order and one mask. Hidden
/// degrees are drawn from m … input - 1, where m is the smallest degree in the layer before: 1 for the first hidden
/// layer. Pixels are counted, and "before" is meant, in the sense of `order`.
struct Made : nn::Module {
  /// Sizes, and the order of the pixels.
  struct Options {
    Index input = 784;
    std::vector<Index> hidden = {500};
    bool shuffled = false;  ///< the pixels' order: row by row, or one drawn at random
  };
  /// Throws on an input below 2.
  Made(const Options& options, Rng& rng);

  /// The last hidden layer: what an autoencoder calls the code.
  Variable encode(const Variable& x) { return encoder.forward(x); }
  /// The logits of the pixels, each a function of those before it: [n, input].
  Variable logits(const Variable& h) { return decoder.forward(h); }
  /// p(x_i = 1 | x_1 … x_{i-1}), the sigmoid of the logits: [n, input].
  Variable decode(const Variable& h);
  /// -log p(x), nats per image.
  Loss loss(const Tensor& x) { return nn::binary_cross_entropy_with_logits(logits(encode(x)), x); }
  /// n new images, drawn pixel by pixel: as many passes as there are pixels.
  Tensor sample(Index n, Rng& rng);
  /// encoder.0.weight, …, decoder.0.weight, …; the masks are not among them.
  nn::Members members() override { return {{"encoder", encoder}, {"decoder", decoder}}; }
  /// `encoder` and `decoder`, as `encode` and `decode` are. `sample` is not exported: it runs both once for each pixel.
  nn::Networks networks() const override;

  nn::Sequential encoder, decoder;
  std::vector<Index> order;  ///< the pixels in the order in which they are predicted
};

}  // namespace hourglass::HOURGLASS_BUILD::models
