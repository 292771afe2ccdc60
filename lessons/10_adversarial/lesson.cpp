// Lesson 10: the generative adversarial network. A generator makes digits from noise, a discriminator tells them from
// real ones, and each is trained against the other. Beside it, on the same batches, a variational autoencoder.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/parzen.h>
#include <hourglass/metrics/sample_judge.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/report/scores.h>
#include "lessons/common/run.h"

using namespace hourglass;
using metrics::SampleJudge;

namespace {

using Named = std::pair<std::string, metrics::SampleScores>;

// How many of the pixels are neither black nor white: blur.
double grey_share(const Tensor& x) {
  const auto values = x.values();
  return static_cast<double>(std::count_if(values.begin(), values.end(), [](Scalar v) { return v > 0.1 && v < 0.9; })) /
         static_cast<double>(values.size());
}

// The median distance to the nearest training digit: 0 for a copy.
double nearest_training(const Tensor& x, const Tensor& train) {
  std::vector<double> squared = metrics::nearest(x, train, 1).distances;
  std::nth_element(squared.begin(), squared.begin() + squared.size() / 2, squared.end());
  return std::sqrt(squared[squared.size() / 2]);
}

// S31: how often the discriminator is right, and what the made images cost the generator that it tells, or not.
double contest(Run& run, models::Gan& gan, const Tensor& real, const Tensor& made) {
  double right = 0, cost[2] = {}, count[2] = {};
  gan.discriminator.eval();  // without dropout
  for (const Tensor logits = gan.discriminate(real).value(); const Scalar z : logits.values()) right += z > 0;
  for (const Tensor logits = gan.discriminate(made).value(); const Scalar z : logits.values()) {
    const int told = z < 0;
    right += told, count[told] += 1, cost[told] += std::log1p(std::exp(-static_cast<double>(z)));
  }
  gan.discriminator.train();
  const auto mean = [&](int told) { return cost[told] / std::max(1.0, count[told]); };
  run.metric("cost_of_told_minus_untold_nats", mean(1) - mean(0));
  return right / static_cast<double>(real.size(0) + made.size(0));
}

// S33: the two side by side.
void compare(Run& run, const std::vector<Named>& scores, const std::vector<Tensor>& images, const Tensor& validation,
             const Tensor& test) {
  report::Table table{{"images", "grey pixels", "Parzen log-likelihood (nats)"}, {}};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto& [name, s] = scores[i];
    const double likely = metrics::parzen(images[i], validation, test).log_likelihood.mean;
    run.metric("frechet_of_" + name, s.frechet), run.metric("precision_of_" + name, s.precision);
    run.metric("recall_of_" + name, s.recall), run.metric("grey_of_" + name, grey_share(images[i]));
    run.metric("parzen_of_" + name + "_nats", likely);
    run.metric("digits_made_by_" + name, static_cast<double>(s.classes_made()));
    table.rows.push_back({name, fmt::format("{:.3f}", grey_share(images[i])), fmt::format("{:.0f}", likely)});
  }
  const auto& [gan, vae] = std::pair{scores[0].second, scores[1].second};
  run.metric("frechet_gan_over_vae", gan.frechet / vae.frechet);
  run.metric("recall_gan_over_vae", gan.recall / vae.recall);
  run.metric("grey_gan_over_vae", grey_share(images[0]) / grey_share(images[1]));
  run.show("Scores", "By a net that tells digits.", report::scores(scores));
  run.show("Blur, and a measure that likes it", "Parzen: normal densities about the samples.", table);
}

void measure_epoch(Run& run, models::Gan& gan, const Tensor& test, const Tensor& images) {
  const NoGrad looking;
  const double told = contest(run, gan, test, images);
  run.measure("told apart", told);
  run.metric("told_apart_last_epoch", told);
}

void show_epoch(Run& run, const Tensor& images, const data::Images& like, const report::Series& frechet) {
  const Tensor some = narrow(images, 0, 0, std::min<Index>(60, images.size(0)));
  run.show("samples", "What the generator makes", "Of the same noise after each epoch.",
           report::grid(some, like.height, like.width, 12));
  run.show("frechet", "More plausible?", "Fréchet distance to test digits.",
           report::Chart{"More plausible?", "epoch", "Fréchet distance", {frechet}, true});
}

}  // namespace

int main(int argc, char** argv) {
  Run run("10_adversarial", "Adversarial", "What does a net learn from another that tries to catch it?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index n = std::min({Index{2000}, digits.train.count, digits.test.count});
  const Tensor test = digits.test.slice(0, n).tensor(), train = digits.train.slice(0, n).tensor();
  Rng other(run.seed, 1);
  SampleJudge judge([&](std::span<const int> places) { return digits.train.batch(places); }, digits.train.labels,
                    digits.train.count, train, test, other, {.epochs = run.quick() ? 1 : 8});

  models::Gan gan({.input = test.size(1), .noise = 64, .real_target = Scalar(0.9), .instance_noise = Scalar(0.5)}, run.rng);
  models::Variational vae({.input = test.size(1)}, run.rng);
  nn::Adam generator(gan.generator.parameters("generator."), {.learning_rate = Scalar(5e-4), .beta1 = Scalar(0.5)});
  nn::Adam discriminator(gan.discriminator.parameters("discriminator."),
                         {.learning_rate = Scalar(5e-4), .beta1 = Scalar(0.5)});
  nn::Adam vae_adam(vae.parameters(), {.learning_rate = Scalar(1e-3)});
  nn::Parameters parameters;
  run.add(parameters, "", gan), run.add(parameters, "vae.", vae);
  const auto made = [&, z = gan.noise(n, other)] {
    const NoGrad looking;
    return gan.generate(z).value();
  };
  const double untrained = judge.score(made()).frechet;
  report::Series frechet{"Fréchet distance", {}, {}};
  run.keep(parameters, {&generator, &discriminator, &vae_adam});
  for (int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss judged = gan.discriminator_loss(x, run.rng);  // -log D(x) - log(1 - D(G(z)))
      discriminator.zero_grad();
      backward(judged.value);
      // [judged]
      discriminator.step();
      Loss fooled = gan.generator_loss(x.size(0), run.rng);  // -log D(G(z))
      generator.zero_grad();
      backward(fooled.value);
      // [fooled]
      generator.step();
      Loss loss = vae.loss(x, run.rng);  // the other generative model
      vae_adam.zero_grad();
      backward(loss.value);
      vae_adam.step();
      run.end_batch(judged);
    }
    // [/loop]
    const Tensor images = made();
    frechet.x.push_back(epoch);
    frechet.y.push_back(judge.score(images).frechet);
    measure_epoch(run, gan, test, images);
    show_epoch(run, images, digits.test, frechet);
    run.end_epoch();
  }
  const NoGrad looking;
  const Tensor last = digits.train.slice(digits.train.count - n, n).tensor();
  const std::vector<Tensor> images{made(), vae.decode(other.normal({n, vae.code})).value(), last};
  const std::vector<Named> scores{
      {"gan", judge.score(images[0])}, {"vae", judge.score(images[1])}, {"training_digits", judge.score(last)}};
  const Tensor known = digits.train.slice(0, std::min<Index>(20000, digits.train.count)).tensor();
  run.metric("gan_nearest_over_test_nearest", nearest_training(images[0], known) / nearest_training(test, known));
  run.metric("frechet_gan_over_untrained", scores[0].second.frechet / untrained);
  run.metric("frechet_last_over_first_epoch", frechet.y.back() / frechet.y.front());
  double worst = 0;
  for (std::size_t i = 1; i < frechet.y.size(); ++i) worst = std::max(worst, frechet.y[i] / frechet.y[i - 1]);
  run.metric("worst_epoch_over_the_one_before", worst);
  compare(run, scores, images, narrow(train, 0, 0, std::min<Index>(n, 1000)), test);
  const auto ten = [&](const Tensor& x) { return narrow(x, 0, 0, std::min<Index>(10, n)); };
  run.show("beside", "GAN above, VAE below", "Ten draws each.",
           report::rows({ten(images[0]), ten(images[1])}, digits.test.height, digits.test.width, 3));
  return run.finish();
}
