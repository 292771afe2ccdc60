#pragma once
#include <optional>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/gaussian_autoencoder.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/nn/corruption.h>

// For the digits, for the plane (spiral.h) and for the playground: the engine and the models are all that it needs.
namespace hourglass::HOURGLASS_BUILD {

/// What keeps an autoencoder from copying its input.
enum class Stop { nothing, bottleneck, sparse, quantized, denoising, contractive, variational };

/// An autoencoder with one of seven losses; all of them measure the reconstruction by ‖x - r‖².
struct Variant : nn::Module {
  /// Sizes from the input to the code, mirrored in the decoder, and the numbers of single variants.
  struct Options {
    Stop stop = Stop::nothing;
    std::vector<Index> sizes = {784, 256, 32};
    Activation hidden = Activation::relu, output = Activation::sigmoid;
    Index active = 8;               ///< units of a sparse code that are not 0
    Index entries = 64, width = 4;  ///< of the codebook, for each part of the code
    Number sigma = 0.25;            ///< σ of the noise; σ² weights the contractive penalty, 2 σ² the KL term
  };
  Variant(const Options& o, Rng& rng) : options(o) {
    const bool active = o.stop == Stop::nothing || o.stop == Stop::sparse;
    std::vector<Index> sizes = o.sizes;
    decoder = nn::mlp(models::mirrored(sizes), o.hidden, o.output, rng);
    if (o.stop == Stop::variational) sizes.back() *= 2;  // μ beside log σ²
    encoder = nn::mlp(sizes, o.hidden, active ? Activation::relu : Activation::none, rng);
    if (o.stop != Stop::quantized) return;
    book.emplace(
        models::VectorQuantized::Options{
            .hidden = 1, .parts = sizes.back() / o.width, .width = o.width, .entries = o.entries},
        rng);
    book->encoder = std::move(encoder);
    book->decoder = std::move(decoder);
  }

  /// h = f(x); where the code is a distribution, its mean.
  Variable encode(const Variable& x) {
    if (book) return book->encode(x);
    const Variable h = encoder.forward(x);
    if (options.stop == Stop::variational) return models::split_posterior(h).mean;
    return options.stop == Stop::sparse ? top_k(h, options.active) : h;
  }
  /// r = g(h)
  Variable decode(const Variable& h) { return book ? book->decode(h) : decoder.forward(h); }
  /// r(x) = g(f(x))
  Tensor reconstruct(const Tensor& x) { return decode(encode(x)).value(); }

  /// Squared error per image, or per point, and the penalty.
  Loss loss(const Tensor& x, Rng& rng) {
    switch (options.stop) {
      case Stop::quantized:
        return book->loss(x);
      case Stop::denoising:
        return denoising_loss(x, rng);
      case Stop::contractive:
        return contractive_loss(x, rng);
      case Stop::variational:
        return variational_loss(x, rng);
      default:
        return nn::squared_error(decode(encode(x)), x);
    }
  }
  /// To be called every 50 steps: moves entries of a codebook that were not used since onto codes of x.
  void revive(const Tensor& x, Rng& rng) {
    if (book) book->revive(x, rng);
  }

  /// encoder.0.weight, …, decoder.0.weight, …, and a codebook
  nn::Members members() override {
    if (book) return book->members();
    return {{"encoder", encoder}, {"decoder", decoder}};
  }

  Options options;
  nn::Sequential encoder, decoder;
  std::optional<models::VectorQuantized> book;  ///< with its encoder and decoder in place of these

 private:
  // [denoising]
  Loss denoising_loss(const Tensor& x, Rng& rng) {
    const nn::Corruption noise{nn::Corruption::Kind::gaussian, options.sigma};
    return nn::squared_error(decode(encode(noise(x, rng))), x);  // L(x, g(f(x~)))
  }
  // [/denoising]
  // [contractive]
  Loss contractive_loss(const Tensor& x, Rng& rng) {
    const Variable input = Variable::parameter(x);
    const Variable r = decode(encode(input));
    const Variable v = rng.normal(x.shape());  // the mean of ‖Jᵀ v‖² over v is ‖J‖²
    const Variable Jv = grad(sum(r * v), input, Graph::create);
    return nn::with_penalty(nn::squared_error(r, x), options.sigma * options.sigma * sum(square(Jv)) / x.size(0));
  }
  // [/contractive]
  // [variational]
  Loss variational_loss(const Tensor& x, Rng& rng) {
    const models::Posterior q = models::split_posterior(encoder.forward(x));
    const Variable kl = gaussian_kl(q.mean, q.log_variance) / x.size(0);
    const Number beta = 2 * options.sigma * options.sigma;  // of a decoder with the likelihood N(x; r, σ² I)
    return nn::with_penalty(nn::squared_error(decode(q.sample(rng)), x), beta * kl);
  }
  // [/variational]
};

}  // namespace hourglass::HOURGLASS_BUILD
