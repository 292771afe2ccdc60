// Lesson 15: contractive autoencoders, L(x, g(f(x))) + λ ‖∂f(x)/∂x‖²_F. The penalty makes the code insensitive to small
// changes of the input. Four networks have the same initial weights: without and with the penalty, each with a decoder
// of its own and with tied weights, where the decoder is the transpose of the encoder.

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/adam.h>
#include "lessons/15_contractive/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

int main(int argc, char** argv) {
  Run run("15_contractive", "Contractive autoencoders",
          "Can a code be insensitive to noise and still change when the image is shifted?", argc, argv);
  const data::Dataset digits = run.dataset();
  const auto variant = [&](const std::string& name, bool tied, double lambda) {
    Rng rng(run.seed);  // the same initial weights for all
    const models::Contractive::Options options{.input = digits.train.pixels_per_image(), .code = 64, .weight = lambda};
    return Variant{name, tied, models::Contractive(options, rng)};
  };
  std::vector<Variant> variants;
  variants.push_back(variant("plain", false, 0));
  variants.push_back(variant("contractive", false, 0.5));
  variants.push_back(variant("plain_tied", true, 0));
  variants.push_back(variant("contractive_tied", true, 0.5));
  nn::Parameters all;
  for (const Variant& v : variants) run.add(all, v.name + ".", v);
  nn::Adam adam(all, {.learning_rate = 5e-3});  // it updates each network as it would alone
  run.keep(all, {&adam});
  run.draw_autoencoder(variants[1].model, digits.train.pixels_per_image());

  for ([[maybe_unused]] int epoch : run.epochs(4)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 100)) {
      Loss recorded{};  // that of one network: the history shows it
      adam.zero_grad();
      for (Variant& v : variants) {
        // [loss]
        const Variable h = v.encode(x);
        const Variable r = v.decode(h);
        const Variable penalty = v.model.closed_form(x);  // ‖∂f(x)/∂x‖²_F per image
        const Variable omega = v.model.options.weight * penalty;
        const Loss loss = nn::with_penalty(nn::squared_error(r, x), omega);  // L(x, g(f(x))) + λ ‖∂f(x)/∂x‖²_F
        // [/loss]
        // [made]
        backward(loss.value);
        if (v.name == "contractive") recorded = loss;
      }
      adam.step();
      run.end_batch(recorded);
    }
    // [/loop]
    run.end_epoch();
  }

  measure_penalty(run, digits.test.first(20).tensor(), variants[1]);
  measure_variants(run, digits, variants);
  return run.finish();
}
