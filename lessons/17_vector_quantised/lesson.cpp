// Lesson 17: vector-quantised autoencoders. The encoder's output is replaced by the nearest entries of a codebook, so
// the code is a few integers. Two models have the same initial weights: in one of them, entries that no image chooses
// are moved onto codes that occur. A plain autoencoder has a real-valued code, which is rounded afterwards.

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/nn/adam.h>
#include "lessons/17_vector_quantised/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

int main(int argc, char** argv) {
  Run run("17_vector_quantised", "Vector-quantised autoencoders",
          "How good is a reconstruction from 8 entries of a codebook of 64?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();
  const models::VectorQuantized::Options options{.input = input, .hidden = 256, .parts = 8, .width = 8, .entries = 64};
  Rng initial = run.rng.fork(17);
  Rng same = initial;
  models::VectorQuantized revived(options, initial);
  models::VectorQuantized left_alone(options, same);
  models::Undercomplete real({.input = input, .hidden = 256, .code = 8}, run.rng);
  nn::Parameters all;
  run.add(all, "revived.", revived);
  run.add(all, "left_alone.", left_alone);
  run.add(all, "real.", real);
  nn::Adam adam(all, {.learning_rate = 2e-3});  // it updates each model as it would alone
  run.keep(all, {&adam});
  run.draw_model({"",
                  input,
                  {{"x", revived.encoder, "encoder output"},
                   {"encoder output", "nearest entry of the codebook, 8 times", {8 * 8}, "h"},
                   {"h", revived.decoder, "r"}}});

  for (int epoch : run.epochs(4)) {
    // [loop]
    for (const data::Batch& x : run.batches(digits.train, 128)) {
      Loss loss = revived.loss(x);                // ‖x - r‖² + ‖sg[z] - h‖² + β ‖z - sg[h]‖²
      Loss left_alone_loss = left_alone.loss(x);  // the same, of another model
      Loss real_loss = real.loss(x);              // ‖x - r‖²
      // [made]
      adam.zero_grad();
      backward(loss.value);
      backward(left_alone_loss.value);
      backward(real_loss.value);
      adam.step();
      if (epoch < 4 && x.done % (50 * 128) == 0) revived.revive(x, run.rng);  // after every 50 batches
      run.end_batch(loss);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad no_grad;
  measure_models(run, digits, {revived, left_alone, real});
  show_codes(run, digits.test, revived);
  return run.finish();
}
