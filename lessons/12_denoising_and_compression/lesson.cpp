// Lesson 12: two uses of an autoencoder, compared with the tools that were made for them. One network removes noise,
// L(x, g(f(x~))); another, that of lesson 01, computes small codes, which are then quantised and written as bytes.

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/nn/adam.h>
#include "lessons/12_denoising_and_compression/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

int main(int argc, char** argv) {
  Run run("12_denoising_and_compression", "Denoising and compression",
          "Is an autoencoder better at denoising and compression than the tools that were made for them?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();
  const Index held_out = std::max<Index>(1, digits.train.count / 12);
  const data::Images train = digits.train.first(digits.train.count - held_out);
  const data::Images validation = digits.train.slice(train.count, held_out);

  const nn::Corruption noise{nn::Corruption::Kind::clipped_gaussian, 0.5};
  models::Denoising denoiser({.sizes = {input, 512, 64}, .corruption = noise}, run.rng);
  models::Undercomplete compressor({.input = input, .hidden = 128, .code = 32}, run.rng);
  nn::Parameters all;
  run.add(all, "denoiser.", denoiser);
  run.add(all, "compressor.", compressor);
  nn::Adam adam(all, {.learning_rate = 1e-3});
  run.keep(all, {&adam});
  run.draw_model({"denoising",
                  input,
                  {{"x", "noise", {input}, "x~"}, {"x~", denoiser.encoder, "h"}, {"h", denoiser.decoder, "r"}}});
  run.draw_autoencoder(compressor, input, "compression");

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(train, 128)) {
      Loss denoising_loss = denoiser.loss(x, run.rng);  // L(x, g(f(x~)))
      Loss copying_loss = compressor.loss(x);           // L(x, g(f(x))), another f and g
      adam.zero_grad();
      backward(denoising_loss.value);
      backward(copying_loss.value);
      // [gradients]
      adam.step();
      run.end_batch(denoising_loss);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad no_grad;
  run.show("Draw a digit and add noise", "The denoising network removes it in this page.",
           play::drawing(denoiser, digits.test.first(100)));
  measure_denoising(run, train, validation, digits.test, denoiser);
  measure_compression(run, train, digits.test, compressor);
  return run.finish();
}
