// Lesson 18: importance-weighted autoencoders. The bound on log p(x) is made of k samples of the code, each with its
// importance weight, and is tighter than that of a variational autoencoder. Two models have the same initial weights:
// one is trained with one sample (the variational autoencoder), the other with k = 8.

#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include "lessons/18_importance_weighted/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;
using models::ImportanceWeighted;

int main(int argc, char** argv) {
  Run run("18_importance_weighted", "Importance-weighted autoencoders",
          "How much tighter is the bound with eight samples of the code?", argc, argv);
  const data::Dataset digits = run.dataset();
  const data::Images train = digits.train.first(run.quick() ? 1000 : 10000);
  const Index code = 20;
  std::vector<ImportanceWeighted> variants;
  nn::Parameters all;
  for (const Index k : {1, 8}) {
    Rng rng(run.seed);  // the same initial weights for both
    const ImportanceWeighted::Options options{
        .input = train.pixels_per_image(), .hidden = {200}, .code = code, .draws = k};
    variants.emplace_back(options, rng);
    run.add(all, fmt::format("k{}.", k), variants.back());
  }
  nn::Adam adam(all, {.learning_rate = 2e-3});  // it updates each model as it would alone
  run.keep(all, {&adam});
  ImportanceWeighted& model = variants.back();
  run.draw_model({"",
                  train.pixels_per_image(),
                  {{"x", model.encoder, "μ, log σ²"},
                   {"μ, log σ²", "μ + σ ε, k samples", {code}, "h"},
                   {"h", model.decoder, "logits"}}});

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& grey : run.batches(train, 100)) {
      const Tensor x = nn::binarize(grey, run.rng);  // a pixel is 1 with the probability of its grey value
      adam.zero_grad();
      Loss recorded{};  // of the model with k = 8: the history shows it
      for (ImportanceWeighted& model : variants) {
        const Scalar k = static_cast<Scalar>(model.draws);
        const Variable log_w = model.log_weights(x, model.draws, run.rng);  // [100, k]
        const Variable bound = logsumexp(log_w, 1) - std::log(k);           // log 1/k Σ w
        const Loss loss{-mean(bound), Unit::nats_per_image};
        // [made]
        backward(loss.value);
        if (model.draws > 1) recorded = loss;
      }
      adam.step();
      run.end_batch(recorded);
    }
    // [/loop]
    run.end_epoch();
  }

  const NoGrad no_grad;
  Rng rng(18);
  const Tensor x = nn::binarize(digits.test.first(run.quick() ? 50 : 500).tensor(), rng);
  measure_bounds(run, variants, x, digits.test, rng);
  show_samples(run, variants, rng.fork(3).normal({16, code}), digits.test);
  return run.finish();
}
