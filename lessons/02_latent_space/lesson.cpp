// Lesson 02: which images lie close together in the latent space of lesson 01, what a linear probe predicts from a
// code, and whether the network generalises or memorises.

#include <fmt/format.h>

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/02_latent_space/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// 64 of the first `count` images, drawn at random with replacement.  [64, pixels]
Tensor random_batch(const data::Images& images, Index count, Rng& rng) {
  std::vector<int> indices(64);
  for (int& index : indices) index = static_cast<int>(rng.below(static_cast<std::uint64_t>(count)));
  return images.batch(indices);
}

}  // namespace

int main(int argc, char** argv) {
  Run run("02_latent_space", "The latent space", "Which images lie close together in the latent space?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();

  models::Undercomplete model({.input = input, .hidden = 128, .code = 32}, run.rng);
  models::Undercomplete untrained({.input = input, .hidden = 128, .code = 32}, run.rng);
  nn::Parameters all;
  run.add(all, "", model);
  std::vector<Trial> trials;
  for (Index hidden : {32, 128, 512})
    for (Index share : {1, 10, 100}) {
      const Index images = std::max<Index>(1, digits.train.count * share / 100);
      trials.push_back({hidden, share, images, {{.input = input, .hidden = hidden, .code = 32}, run.rng}});
      run.add(all, fmt::format("trial.{}.{}.", hidden, share), trials.back().model);
    }
  nn::Adam adam(all, {.learning_rate = 1e-3});  // one optimiser for all networks: they share no parameter
  run.keep(all, {&adam});
  run.draw_autoencoder(model, input);

  for ([[maybe_unused]] int epoch : run.epochs(5)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      const Loss loss = model.loss(x);
      adam.zero_grad();
      backward(loss.value);
      for (Trial& trial : trials) {  // as many steps for each, on a mini-batch of its own images
        const Tensor own = random_batch(digits.train, trial.images, run.rng);
        backward(trial.model.loss(own).value);
      }
      adam.step();
      run.end_batch(loss);
    }
    // [/loop]
    show_interpolation(run, model, digits.test);
    run.end_epoch();
  }

  const data::Images base = digits.train.first(20000);
  show_latent_space(run, model, digits.test);
  show_neighbors(run, model, digits.test, base);
  if (!digits.train.labels.empty()) compare_spaces(run, model, untrained, digits.test, base);
  measure_memorisation(run, trials, digits);
  return run.finish();
}
