#include "lessons/09_variational/measure.h"

#include <fmt/format.h>

#include <functional>

#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/likelihood.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/report/scores.h>

namespace hourglass::HOURGLASS_BUILD {

using metrics::SampleQuality, models::Variational;

namespace {

// Linear interpolation between pairs of codes: t, and the measures at each t.
struct Interpolation {
  report::Series inside;                 // the share of images in the region of real digits, at each t
  double precision = 0, confidence = 0;  // means over t
  Tensor first_pair;                     // the images of the first pair
};

// A model's or a set's name in the page.
std::string label(const std::string& name) {
  static const std::map<std::string, std::string> labels = {
      {"vae", "VAE"},
      {"pca", "PCA"},
      {"plain", "plain autoencoder"},
      {"pixels", "pixel space"},
      {"posterior_mean", "VAE, mean of q(h|x)"},
      {"drawn", "VAE, sample of q(h|x)"},
      {"samples", "VAE, samples of the prior"},
      {"plain_prior", "plain autoencoder, samples of N(0, I)"},
      {"plain_normal", "plain autoencoder, samples of a fitted Gaussian"}};
  const auto found = labels.find(name);
  return found == labels.end() ? report::words(name) : found->second;
}

Interpolation interpolate(const std::string& name, SampleQuality& classifier, const Variable& a, const Variable& b,
                          const std::function<Variable(const Variable& h)>& decode) {
  Interpolation line{.inside = {name, {}, {}}, .first_pair = {}};
  Variables first;
  // [walk]
  for (int i = 0; i <= 10; ++i) {
    const Scalar t = static_cast<Scalar>(i) / 10;
    const Variable h = (1 - t) * a + t * b;  // on the straight line from one code to the other
    const Variable images = decode(h);
    const double precision = classifier.precision(images.value());
    line.inside.x.push_back(i / 10.0);
    line.inside.y.push_back(precision);
    line.precision += precision / 11;
    line.confidence += classifier.confidence(images.value()) / 11;
    first.push_back(narrow(images, 0, 0, 1));
  }
  // [/walk]
  line.first_pair = cat(first, 0).value();
  return line;
}

}  // namespace

void show_samples(Run& run, Variational& vae, const data::Images& like) {
  const Variable generated = vae.decode(Rng(run.seed, 1).normal({60, vae.code}));
  run.show("samples", "New digits", "Decoded from 60 draws of the prior N(0, I).",
           report::grid(generated.value(), like.height, like.width, 12));
}

void score_samples(Run& run, SampleQuality& classifier, const std::vector<Samples>& samples) {
  std::vector<std::pair<std::string, metrics::SampleScores>> scores;
  for (const auto& [name, images] : samples) {
    const metrics::SampleScores s = classifier.score(images);
    scores.emplace_back(label(name), s);
    run.metric("frechet_of_" + name, s.frechet);
    run.metric("inside_" + name, s.precision);
    run.metric("frechet_of_samples_over_" + name, scores[0].second.frechet / s.frechet);
  }
  run.metric("digits_made", double(scores[0].second.classes_made()));
  run.metric("draw_holes_plain_minus_vae", scores[0].second.precision - scores[2].second.precision);
  run.show("Scores", "Of generated and real images, by a digit classifier's features.", report::scores(scores));
}

void measure_likelihood(Run& run, Variational& vae, const Tensor& x, const Tensor& mean_image) {
  const auto q = [&](const Tensor& images) {
    const models::Posterior posterior = vae.posterior(images);
    return metrics::Posterior{posterior.mean.value(), posterior.log_variance.value()};
  };
  const auto p = metrics::Decoder::bernoulli([&](const Tensor& h) { return vae.logits(h).value(); });
  const Tensor binary = nn::binarize(x, run.rng);  // 1 with the probability that the grey value gives
  const auto bounds = metrics::sampled_log_likelihood(binary, q, p, run.rng, {.samples = 500});
  const double log_p = metrics::estimate(bounds.importance).mean;
  const Variable grey = clamp(broadcast_to(mean_image, x.shape()), 1e-4, 1 - 1e-4);
  const Variable logits = log(grey / (1 - grey));
  const double independent = -double(nn::binary_cross_entropy_with_logits(logits, binary).value.item());
  run.metric("log_likelihood_of_binarised_nats", log_p);
  run.metric("log_likelihood_gain_over_independent_pixels_nats", log_p - independent);
}

void measure_reconstruction(Run& run, const data::Images& test, Variational& vae, Variational& plain,
                            const metrics::Pca& pca) {
  report::Table table{{"code", "squared error per image"}, {}};
  const auto error = [&](const std::string& name, const std::function<Variable(const Tensor&)>& r) {
    const double e = run.mean(test, [&](const Tensor& x) { return nn::squared_error(r(x), x); });
    run.metric(name + "_test_squared_error_per_image", e);
    table.rows.push_back({label(name), fmt::format("{:.2f}", e)});
    return e;
  };
  error("plain", [&](const Tensor& x) { return plain.decode(plain.encode(x)); });
  error("posterior_mean", [&](const Tensor& x) { return vae.decode(vae.encode(x)); });
  const double drawn = error("drawn", [&](const Tensor& x) { return vae.decode(vae.posterior(x).sample(run.rng)); });
  const double linear = error("pca", [&](const Tensor& x) { return pca.reconstruct(x, vae.code); });
  const double mean_image = error("mean_image", [&](const Tensor& x) { return pca.mean_like(x); });
  run.metric("drawn_error_over_pca", drawn / linear);
  run.metric("drawn_error_over_mean_image", drawn / mean_image);
  run.show("Reconstructions", "Of test digits, from codes of equal size.", table);
}

void measure_interpolation(Run& run, SampleQuality& classifier, Variational& vae, Variational& plain,
                           const data::Images& test, Index pairs) {
  const Tensor from = test.slice(0, pairs).tensor();
  const Tensor to = test.slice(pairs, pairs).tensor();
  const auto by_vae = [&](const Variable& h) { return vae.decode(h); };
  const auto by_plain = [&](const Variable& h) { return plain.decode(h); };
  const auto as_it_is = [](const Variable& x) { return x; };
  const std::vector<Interpolation> lines = {
      interpolate("vae", classifier, vae.encode(from), vae.encode(to), by_vae),
      interpolate("plain", classifier, plain.encode(from), plain.encode(to), by_plain),
      interpolate("pixels", classifier, from, to, as_it_is)};
  report::Chart chart{"Interpolation between two digits", "t", "precision", {}};
  std::vector<report::Row> rows;
  for (const Interpolation& line : lines) {
    run.metric("walk_inside_" + line.inside.name, line.precision);
    run.metric("walk_confidence_" + line.inside.name, line.confidence);
    chart.series.push_back(line.inside);
    chart.series.back().name = label(line.inside.name);
    rows.push_back({label(line.inside.name), line.first_pair});
  }
  run.metric("walk_inside_vae_over_test_digits", lines[0].precision / classifier.precision(from));
  run.metric("walk_holes_plain_minus_vae", lines[0].precision - lines[1].precision);
  if (!test.labels.empty())  // else there is no classifier whose features could be compared
    run.show("walks", chart.title,
             "Precision: the share of images in the region of real digits, over pairs of test digits.", chart);
  report::Picture picture = report::rows(rows, test.height, test.width);
  picture.column_labels = {"t = 0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"};
  run.show("walk", "One interpolation", "The first pair of test digits, in two latent spaces and in pixel space.",
           picture);
}

}  // namespace hourglass::HOURGLASS_BUILD
