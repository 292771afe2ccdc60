// Lesson 04: undercomplete autoencoders with codes of 1 to 256 dimensions: the reconstruction error of each, the bits
// that its code carries, and the attributes that a linear probe predicts from it.

#include <fmt/format.h>

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/04_undercomplete/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

int main(int argc, char** argv) {
  Run run("04_undercomplete", "Undercomplete autoencoders", "What does a one-dimensional code preserve?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();

  std::vector<Trial> trials;
  nn::Parameters all;
  for (Index code = 1; code <= 256 && code < input; code *= 2) {
    const models::Undercomplete::Sizes sizes{.input = input, .hidden = 256, .code = code};
    trials.push_back({code, {sizes, run.rng}, {sizes, run.rng}});
    run.add(all, fmt::format("{}.", code), trials.back().model);
  }
  nn::Adam adam(all, {.learning_rate = 1e-3});  // one optimiser for all networks: they share no parameter
  run.keep(all, {&adam});
  for (Trial& t : trials)
    if (t.code == 1 || t.code == 32) run.draw_autoencoder(t.model, input, fmt::format("code size {}", t.code));

  const Tensor shown = digits.test.first(12).tensor();
  double largest_penalty = 0;  // max |Ω| of any loss
  for ([[maybe_unused]] int epoch : run.epochs(4)) {
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss last{};  // of the largest code
      adam.zero_grad();
      for (Trial& t : trials) {
        // [loop]
        const Variable h = t.model.encode(x);  // dim(h) = 1, 2, 4, … < dim(x)
        const Variable r = t.model.decode(h);
        const Loss loss = nn::squared_error(r, x);  // L(x, g(f(x))), without a penalty Ω
        backward(loss.value);
        // [/loop]
        largest_penalty = std::max(largest_penalty, penalty_of(loss));
        last = loss;
      }
      adam.step();
      run.end_batch(last);
    }
    show_reconstructions(run, trials, digits.test, shown);
    run.end_epoch();
  }

  run.metric("largest_penalty", largest_penalty);
  measure_code_sizes(run, trials, digits);
  return run.finish();
}
