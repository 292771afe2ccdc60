// Lesson 01: an encoder h = f(x), a decoder r = g(h), and a loss L(x, g(f(x))).
//
// The network is trained to copy its input through a 32-dimensional code. The input is the target: no label is read.

#include <hourglass/autograd/backward.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/01_encoder_decoder/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

int main(int argc, char** argv) {
  Run run("01_encoder_decoder", "An encoder and a decoder", "What is left of a digit that is encoded in 32 numbers?",
          argc, argv);
  data::Dataset digits = run.dataset();
  digits.train.labels.clear();  // training needs none
  const Index input = digits.train.pixels_per_image();
  const Index code = 32;

  models::Undercomplete model({.input = input, .hidden = 128, .code = code}, run.rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  run.keep(model.parameters(), {&adam});
  run.networks(model.networks());
  run.draw_autoencoder(model, input);

  const Tensor shown = digits.test.first(12).tensor();
  for ([[maybe_unused]] int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Variable h = model.encode(x);         // h = f(x)      [128, 32]
      Variable r = model.decode(h);         // r = g(h)      [128, 784]
      Loss loss = nn::squared_error(r, x);  // L(x, r)       squared error per image
      // [made]
      adam.zero_grad();
      backward(loss.value);  // dL/dθ for every parameter θ of f and g
      // [gradient]
      adam.step();  // θ moves against its gradient
      // [moved]
      run.end_batch(loss);
    }
    // [/loop]
    show_reconstructions(run, model, digits.test, shown);
    run.measure("test", run.mean(digits.test, [&](const Tensor& x) { return model.loss(x); }));
    run.end_epoch();
  }

  compare_with_baselines(run, digits, model, code);
  show_latent_space(run, model, digits.test);
  measure_statements(run, digits, model, shown);
  return run.finish();
}
