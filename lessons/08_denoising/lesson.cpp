// Lesson 08: denoising autoencoders, L(x, g(f(x~))): a corrupted input instead of a penalty. The overcomplete network
// of lesson 06 is trained without regularisation, with a penalty on its code (lesson 07), and with three kinds of
// noise. Beside it, an undercomplete network is trained, and one in the plane (plane.h).

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/denoising.h>
#include <hourglass/models/overcomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/08_denoising/measure.h"
#include "lessons/08_denoising/plane.h"
#include "lessons/common/run.h"

using namespace hourglass;
using Kind = nn::Corruption::Kind;

namespace {

// Networks that differ only in noise and penalty, and a smaller one.
std::vector<Variant> variants_of(Index input, Rng& rng, std::uint64_t seed) {
  const auto overcomplete = [&] {
    Rng start(seed);  // the same initial weights for all
    return models::Overcomplete({.input = input, .code = input + 240}, start);
  };
  std::vector<Variant> variants;
  variants.push_back({"plain", {Kind::none, 0}, 0, overcomplete()});
  variants.push_back({"sparse", {Kind::none, 0}, 0.1, overcomplete()});
  variants.push_back({"gaussian", {Kind::clipped_gaussian, 0.5}, 0, overcomplete()});
  variants.push_back({"masking", {Kind::masking, 0.25}, 0, overcomplete()});
  variants.push_back({"salt_and_pepper", {Kind::salt_and_pepper, 0.25}, 0, overcomplete()});
  variants.push_back({"small", variants[2].noise, 0, models::Denoising({.sizes = {input, 256, 64}}, rng)});
  return variants;
}

}  // namespace

int main(int argc, char** argv) {
  Run run("08_denoising", "Denoising autoencoders", "What must a network learn in order to remove noise?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = digits.train.first(run.quick() ? 2000 : 15000);
  const data::Images test = digits.test.first(5000);

  std::vector<Variant> variants = variants_of(train.pixels_per_image(), run.rng, run.seed);
  models::Autoencoder& small = variants[5].model;
  nn::Parameters all;
  for (const Variant& variant : variants)
    for (const nn::Parameter& p : variant.model.parameters(variant.name + ".")) all.push_back(p);
  nn::Adam adam(all, {.learning_rate = 1e-3});
  run.keep(all, {&adam});
  run.networks(small.networks(), "small.");
  run.draw_model(
      {"",
       train.pixels_per_image(),
       {{"x", "noise", {train.pixels_per_image()}, "x~"}, {"x~", small.encoder, "h"}, {"h", small.decoder, "r"}}});

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(train, 128)) {
      Loss recorded{};  // of the network that the history shows
      adam.zero_grad();
      for (Variant& variant : variants) {
        const Tensor noisy = variant.noise(x, run.rng);  // x~; x itself for Kind::none
        const Variable h = variant.model.encode(noisy);
        const Variable r = variant.model.decode(h);
        Loss loss = nn::squared_error(r, x);  // L(x, g(f(x~)))
        if (variant.weight > 0) loss = nn::with_penalty(loss, variant.weight * sum(abs(h)) / x.size(0));
        // [made]
        backward(loss.value);
        if (variant.name == "gaussian") recorded = loss;
      }
      adam.step();
      run.end_batch(recorded);
    }
    // [/loop]
    run.end_epoch();
  }

  denoise_in_the_plane(run);
  run.show("Draw a digit and add noise",
           "The small model, trained on Gaussian noise, denoises the drawing in this page.",
           play::drawing(small, test.first(100)));
  const NoGrad no_grad;
  measure_codes(run, train.first(10000), test, variants);
  measure_errors(run, train, test.first(1000), variants);
  measure_layers(run, test.tensor(), variants[2].noise(test.tensor(), run.rng), variants);
  return run.finish();
}
