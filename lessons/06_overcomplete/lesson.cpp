// Lesson 06: overcomplete autoencoders, whose code is large enough to copy the input. Five autoencoders are trained
// side by side: an undercomplete one, one with a code of the input's size, one with a larger code, and the last with a
// sparsity penalty and with noise at its input.

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/overcomplete.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include "lessons/06_overcomplete/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// The same seed for each: networks of one size start from the same weights.
models::Overcomplete overcomplete(Index input, Index code, std::uint64_t seed) {
  Rng rng(seed);
  return models::Overcomplete({.input = input, .code = code}, rng);
}

}  // namespace

int main(int argc, char** argv) {
  Run run("06_overcomplete", "Overcomplete autoencoders",
          "What does an autoencoder learn when its code is large enough to hold a copy of the input?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = digits.train.first(10000);
  const data::Images some = digits.test.first(1000);
  const Index input = train.pixels_per_image();
  const Index large = input + 240;

  models::Undercomplete undercomplete({.input = input, .hidden = 128, .code = 32}, run.rng);
  models::Overcomplete equal = overcomplete(input, input, run.seed);
  models::Overcomplete plain = overcomplete(input, large, run.seed);
  models::Overcomplete sparse = overcomplete(input, large, run.seed);
  models::Overcomplete denoising = overcomplete(input, large, run.seed);
  models::Overcomplete untrained = overcomplete(input, large, run.seed);
  const Number lambda = 0.3;
  const nn::Corruption noise{nn::Corruption::Kind::clipped_gaussian, 0.4};

  std::vector<NamedModel> trained = {{"undercomplete", &undercomplete},
                                     {"equal", &equal},
                                     {"overcomplete", &plain},
                                     {"sparse", &sparse},
                                     {"denoising", &denoising}};
  nn::Parameters all;
  for (const NamedModel& each : trained) run.add(all, each.name + ".", *each.model);
  nn::Adam adam(all, {.learning_rate = 1e-3});  // one optimiser for all networks: they share no parameter
  run.keep(all, {&adam});
  run.draw_autoencoder(undercomplete, input, "undercomplete");
  run.draw_autoencoder(plain, input, "overcomplete");

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    for (const Tensor& x : run.batches(train, 100)) {
      // [loop]
      const Loss undercomplete_loss = undercomplete.loss(x);  // L(x, g(f(x))) with code size 32
      const Loss equal_loss = equal.loss(x);                  // with as many units as there are pixels
      const Loss plain_loss = plain.loss(x);                  // with more
      const Variable h = sparse.encode(x);
      const Variable penalty = lambda * sum(abs(h)) / x.size(0);  // Ω(h) = λ Σ |h|
      const Loss sparse_error = nn::squared_error(sparse.decode(h), x);
      const Loss sparse_loss = nn::with_penalty(sparse_error, penalty);  // L(x, g(f(x))) + Ω(h)
      const Variable corrupted = noise(x, run.rng);                      // x~
      const Variable r = denoising.decode(denoising.encode(corrupted));
      const Loss denoising_loss = nn::squared_error(r, x);  // L(x, g(f(x~)))
      // [made]
      adam.zero_grad();
      for (const Loss& loss : {undercomplete_loss, equal_loss, plain_loss, sparse_loss, denoising_loss})
        backward(loss.value);
      adam.step();
      run.end_batch(plain_loss);
      // [/loop]
    }
    record_errors(run, trained, some);
    run.end_epoch();
  }

  measure_copying(run, trained, digits, train);
  std::vector<NamedModel> compared = trained;
  compared.push_back({"untrained", &untrained});
  if (!train.labels.empty()) compare_codes(run, compared, train, digits.test);
  return run.finish();
}
