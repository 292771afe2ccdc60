// Lesson 16: convolutional autoencoders. A convolution connects each unit to a window of neighbouring pixels, and all
// windows share their weights. A convolutional and a dense network are trained, each on images as they are and on
// images whose pixels are shuffled, always in the same way.

#include <numeric>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/16_convolutional/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

int main(int argc, char** argv) {
  Run run("16_convolutional", "Convolutional autoencoders", "What does an autoencoder gain from convolutions?", argc,
          argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = digits.train.first(run.quick() ? 1000 : 5000);
  const Index input = train.pixels_per_image();
  const std::vector<int> shuffled = run.rng.fork(16).permutation(static_cast<int>(input));
  std::vector<int> as_it_is(shuffled.size());
  std::iota(as_it_is.begin(), as_it_is.end(), 0);

  const models::Convolutional::Options conv_sizes{.side = train.height, .channels = {16, 32}, .code = 32};
  models::Convolutional conv(conv_sizes, run.rng);
  models::Convolutional conv_shuffled(conv_sizes, run.rng);
  const models::Undercomplete::Sizes dense_sizes{.input = input, .hidden = 128, .code = 32};
  models::Undercomplete dense(dense_sizes, run.rng);
  models::Undercomplete dense_shuffled(dense_sizes, run.rng);
  const std::vector<Variant> variants = {{"conv", &conv, as_it_is},
                                         {"dense", &dense, as_it_is},
                                         {"conv_shuffled", &conv_shuffled, shuffled},
                                         {"dense_shuffled", &dense_shuffled, shuffled}};
  nn::Parameters all;
  for (const Variant& variant : variants) run.add(all, variant.name + ".", *variant.model);
  nn::Adam adam(all, {.learning_rate = 2e-3});  // it updates each network as it would alone
  run.keep(all, {&adam});
  run.draw_autoencoder(conv, input, "convolutional");
  run.draw_autoencoder(dense, input, "dense");

  for ([[maybe_unused]] int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& image : run.batches(train, 50)) {
      Loss recorded{};  // that of one network: the history shows it
      adam.zero_grad();
      for (const Variant& variant : variants) {
        const Tensor x = variant.permuted(image);
        const Variable h = variant.model->encode(x);
        const Variable r = variant.model->decode(h);
        const Loss loss = nn::squared_error(r, x);  // L(x, g(f(x)))
        // [made]
        backward(loss.value);
        if (variant.name == "conv") recorded = loss;
      }
      adam.step();
      run.end_batch(recorded);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad no_grad;
  measure_errors(run, variants, digits.test);
  measure_shifts(run, variants, digits.test);
  measure_maps(run, conv, digits.test);
  return run.finish();
}
