#include "lessons/10_adversarial/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/parzen.h>
#include <hourglass/report/scores.h>

namespace hourglass::HOURGLASS_BUILD {
namespace {

// The median distance to the nearest of the known images.
double nearest_known(const Tensor& x, const Tensor& known) {
  std::vector<double> squared = metrics::nearest(x, known, 1).distances;
  const auto middle = squared.begin() + squared.size() / 2;
  std::nth_element(squared.begin(), middle, squared.end());
  return std::sqrt(*middle);
}

}  // namespace

namespace {

// A set's name in the page.
std::string label(const std::string& name) {
  return name == "gan" ? "GAN" : name == "vae" ? "VAE" : report::words(name);
}

}  // namespace

double grey_share(const Tensor& x) {
  const auto values = x.values();
  const auto grey = std::count_if(values.begin(), values.end(), [](Scalar v) { return v > 0.1 && v < 0.9; });
  return double(grey) / double(values.size());
}

void measure_discriminator(Run& run, models::Gan& gan, const Tensor& real, const Tensor& generated) {
  const NoGrad no_grad;
  gan.discriminator.eval();  // without dropout
  const Tensor real_logits = gan.discriminate(real).value();
  const Tensor generated_logits = gan.discriminate(generated).value();
  gan.discriminator.train();
  double correct = 0;
  double loss[2] = {}, count[2] = {};  // of images classified as real, and of those recognised as generated
  for (const Scalar z : real_logits.values()) correct += z > 0;
  for (const Scalar z : generated_logits.values()) {
    const int recognised = z < 0;
    correct += recognised;
    count[recognised] += 1;
    loss[recognised] += std::log1p(std::exp(-double(z)));  // -log σ(z)
  }
  const auto mean = [&](int recognised) { return loss[recognised] / std::max(1.0, count[recognised]); };
  const double accuracy = correct / double(real.size(0) + generated.size(0));
  run.metric("cost_of_told_minus_untold_nats", mean(1) - mean(0));
  run.metric("told_apart_last_epoch", accuracy);
  run.track("discriminator accuracy", accuracy);
}

void measure_training(Run& run, double untrained) {
  const std::vector<double> frechet = run.series("Fréchet distance").y;  // after each epoch
  double worst = 0;
  for (std::size_t i = 1; i < frechet.size(); ++i) worst = std::max(worst, frechet[i] / frechet[i - 1]);
  run.metric("frechet_gan_over_untrained", frechet.back() / untrained);
  run.metric("frechet_last_over_first_epoch", frechet.back() / frechet.front());
  run.metric("worst_epoch_over_the_one_before", worst);
}

void measure_copying(Run& run, const Tensor& generated, const Tensor& test, const Tensor& known) {
  run.metric("gan_nearest_over_test_nearest", nearest_known(generated, known) / nearest_known(test, known));
}

void compare(Run& run, metrics::SampleQuality& classifier, const std::vector<Samples>& samples,
             const Tensor& validation, const Tensor& test) {
  report::Table table{{"images", "grey pixels", "Parzen log-likelihood (nats)"}, {}};
  std::vector<std::pair<std::string, metrics::SampleScores>> scores;
  for (const auto& [name, images] : samples) {
    const metrics::SampleScores s = classifier.score(images);
    const double grey = grey_share(images);
    const double parzen = metrics::parzen(images, validation, test).log_likelihood.mean;
    run.metric("frechet_of_" + name, s.frechet);
    run.metric("precision_of_" + name, s.precision);
    run.metric("recall_of_" + name, s.recall);
    run.metric("grey_of_" + name, grey);
    run.metric("parzen_of_" + name + "_nats", parzen);
    run.metric("digits_made_by_" + name, double(s.classes_made()));
    scores.emplace_back(label(name), s);
    table.rows.push_back({label(name), fmt::format("{:.3f}", grey), fmt::format("{:.0f}", parzen)});
  }
  const metrics::SampleScores &gan = scores[0].second, &vae = scores[1].second;
  run.metric("frechet_gan_over_vae", gan.frechet / vae.frechet);
  run.metric("recall_gan_over_vae", gan.recall / vae.recall);
  run.metric("grey_gan_over_vae", grey_share(samples[0].images) / grey_share(samples[1].images));
  run.show("Scores", "By a digit classifier's features.", report::scores(scores));
  run.show("Blur and Parzen log-likelihood",
           "Parzen: a Gaussian density around each sample. Compare the row of real training digits.", table);
}

void show_epoch(Run& run, const Tensor& images, const data::Images& like) {
  const Tensor some = narrow(images, 0, 0, std::min<Index>(60, images.size(0)));
  run.show("samples", "Generated digits", "For the same noise after each epoch.",
           report::grid(some, like.height, like.width, 12));
  run.show(
      "frechet", "Fréchet distance over the epochs", "From generated digits to test digits.",
      report::Chart{
          "Fréchet distance over the epochs", "epoch", "Fréchet distance", {run.series("Fréchet distance")}, true});
}

void show_beside(Run& run, const Tensor& by_gan, const Tensor& by_vae, const data::Images& like) {
  const auto ten = [](const Tensor& x) { return narrow(x, 0, 0, std::min<Index>(10, x.size(0))); };
  run.show("beside", "GAN and VAE", "Ten samples each.",
           report::rows({{"GAN", ten(by_gan)}, {"VAE", ten(by_vae)}}, like.height, like.width, 3));
}

}  // namespace hourglass::HOURGLASS_BUILD
