// Lesson 09: the variational autoencoder. The code is a distribution q(h|x), and the decoder makes new digits. Beside
// it the same net is trained plainly: its code is a point, and nothing is asked of where the points lie.
#include <fmt/format.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/likelihood.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/metrics/sample_judge.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/report/scores.h>
#include <hourglass/tensor/elementwise.h>
#include "lessons/common/run.h"

using namespace hourglass;
using metrics::SampleJudge, models::Variational;
namespace {

// S27: how good the images are that a decoder makes of draws.
void score(Run& run, SampleJudge& judge, const std::vector<std::string>& names, const Variables& images) {
  std::vector<std::pair<std::string, metrics::SampleScores>> scores;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const metrics::SampleScores s = scores.emplace_back(names[i], judge.score(images[i].value())).second;
    run.metric("frechet_of_" + names[i], s.frechet), run.metric("inside_" + names[i], s.precision);
    run.metric("frechet_of_samples_over_" + names[i], scores[0].second.frechet / s.frechet);
  }
  run.metric("digits_made", static_cast<double>(scores[0].second.classes_made()));
  run.metric("draw_holes_plain_minus_vae", scores[0].second.precision - scores[2].second.precision);
  run.show("Scores", "Of made images and of real ones, by a net that tells digits.", report::scores(scores));
}

// S27: log p(x) of binarised test digits, and what they cost if pixels know nothing of each other.
void likelihood(Run& run, Variational& vae, const Tensor& x, const Tensor& mean) {
  const auto q = [&](const Tensor& images) {
    const models::Posterior q = vae.posterior(images);
    return metrics::Posterior{q.mean.value(), q.log_variance.value()};
  };
  const auto p = metrics::Decoder::bernoulli([&](const Tensor& h) { return vae.logits(h).value(); });
  const Tensor binary = nn::binarize(x, run.rng);  // 1 with the probability of its grey
  const auto bounds = metrics::sampled_log_likelihood(binary, q, p, run.rng, {.samples = 500});
  const double log_p = metrics::estimate(bounds.importance).mean;
  const Variable grey = clamp(broadcast_to(mean, x.shape()), Scalar(1e-4), Scalar(1 - 1e-4));
  const double pixels =
      -static_cast<double>(nn::binary_cross_entropy_with_logits(log(grey / (1 - grey)), binary).value.item());
  run.metric("log_likelihood_of_binarised_nats", log_p);
  run.metric("log_likelihood_gain_over_independent_pixels_nats", log_p - pixels);
}

// S28: what comes back from each kind of code.
void reconstruct(Run& run, const data::Images& test, Variational& vae, Variational& plain, const metrics::Pca& pca) {
  report::Table table{{"code", "squared error per image"}, {}};
  const auto error = [&](const std::string& name, const std::function<Variable(const Tensor&)>& r) {
    const double e = run.mean(test, [&](const Tensor& x) { return nn::squared_error(r(x), x); });
    run.metric(name + "_test_squared_error_per_image", e);
    table.rows.push_back({name, fmt::format("{:.2f}", e)});
    return e;
  };
  error("plain", [&](const Tensor& x) { return plain.decode(plain.encode(x)); });
  error("posterior_mean", [&](const Tensor& x) { return vae.decode(vae.encode(x)); });
  const double drawn = error("drawn", [&](const Tensor& x) { return vae.decode(vae.posterior(x).sample(run.rng)); });
  run.metric("drawn_error_over_pca", drawn / error("pca", [&](auto& x) { return pca.reconstruct(x, vae.code); }));
  run.metric("drawn_error_over_mean_image", drawn / error("mean_image", [&](auto& x) { return pca.mean_like(x); }));
  run.show("What comes back", "Test digits, from codes of equally many numbers.", table);
}

// S29: walks from test digits (t = 0) to others (t = 1): which share of the images lies where digits lie?
void walk(Run& run, SampleJudge& judge, Variational& vae, Variational& plain, const data::Images& test, Index pairs) {
  const Tensor from = test.slice(0, pairs).tensor(), to = test.slice(pairs, pairs).tensor();
  report::Chart chart{"Walks between two digits", "t", "share among digits", {}, false};
  std::vector<Tensor> shown;
  const auto go = [&](const std::string& name, Variational* model) {
    const Variable a = model ? model->encode(from) : from, b = model ? model->encode(to) : to;
    report::Series inside{name, {}, {}};
    Variables first;
    double share = 0, sure = 0;
    // [walk]
    for (int i = 0; i <= 10; ++i) {
      const Scalar t = static_cast<Scalar>(i) / 10;
      const Variable h = (1 - t) * a + t * b;  // straight from one code to the other
      const Variable images = model ? model->decode(h) : h;
      inside.x.push_back(i / 10.0), inside.y.push_back(judge.precision(images.value()));
      share += inside.y.back() / 11, sure += judge.confidence(images.value()) / 11;
      first.push_back(narrow(images, 0, 0, 1));
    }
    // [/walk]
    run.metric("walk_inside_" + name, share), run.metric("walk_confidence_" + name, sure);
    chart.series.push_back(inside), shown.push_back(cat(first, 0).value());
    return share;
  };
  const double in_vae = go("vae", &vae), in_plain = go("plain", &plain);
  go("pixels", nullptr);
  run.metric("walk_inside_vae_over_test_digits", in_vae / judge.precision(from));
  run.metric("walk_holes_plain_minus_vae", in_vae - in_plain);
  run.show("walks", chart.title, "The share of images that lie where digits lie, over pairs of test digits.", chart);
  run.show("walk", "One of them", "VAE, plain net, pixels.", report::rows(shown, test.height, test.width));
}

void show_samples(Run& run, Variational& vae, const data::Images& like) {
  const Variable made = vae.decode(Rng(run.seed, 1).normal({60, vae.code}));
  run.show("samples", "New digits", "Made from 60 draws h ~ N(0, 1).",
           report::grid(made.value(), like.height, like.width, 12));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("09_variational", "Variational", "What does a decoder make of a code that no digit has?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Variational::Options sizes{.input = digits.train.pixels_per_image(), .hidden = {400}, .code = 20};
  Variational vae(sizes, run.rng), plain(sizes, run.rng);  // of the plain one, the mean alone is the code
  nn::Parameters parameters;
  run.add(parameters, "", vae), run.add(parameters, "plain.", plain);
  nn::Adam adam(parameters, {.learning_rate = Scalar(1e-3)});
  run.keep(parameters, {&adam});

  for ([[maybe_unused]] int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      models::Posterior q = vae.posterior(x);                            // q(h|x) = N(μ, σ²)
      Variable h = q.sample(run.rng);                                    // h = μ + σ ε
      Loss loss = models::negative_elbo(vae.logits(h), x, q, 1);         // -log p(x|h) + KL(q ‖ N(0, 1))
      Loss other =
          nn::binary_cross_entropy_with_logits(plain.logits(plain.encode(x)), x);  // the plain net: h = μ, no KL
      // [made]
      adam.zero_grad();
      backward(loss.value);
      backward(other.value);
      adam.step();
      run.end_batch(loss);
    }
    // [/loop]
    show_samples(run, vae, digits.test);
    run.measure("test", run.mean(digits.test, [&](const Tensor& x) { return vae.loss(x, run.rng); }));
    run.end_epoch();
  }

  const Index n = std::min({Index{5000}, digits.train.count, digits.test.count}), pairs = std::min<Index>(500, n / 2);
  SampleJudge judge([&](std::span<const int> places) { return digits.train.batch(places); }, digits.train.labels,
                    digits.train.count, digits.train.slice(0, n).tensor(), digits.test.slice(0, n).tensor(), run.rng,
                    {.epochs = run.quick() ? 1 : 8});
  const NoGrad looking;
  metrics::PcaFit pixels, codes;
  run.each(digits.train, [&](const Tensor& x) { pixels.add(x), codes.add(plain.encode(x).value()); });
  const metrics::Pca pca = pixels.finish(), area = codes.finish();  // where plain codes lie
  const Tensor z = run.rng.normal({n, vae.code}), zp = area.decode(z * sqrt(relu(area.variances)));
  score(run, judge, {"samples", "plain_prior", "plain_normal", "training_digits"},
        {vae.decode(z), plain.decode(z), plain.decode(zp), digits.train.slice(digits.train.count - n, n).tensor()});
  likelihood(run, vae, digits.test.slice(0, pairs).tensor(), pca.mean);
  reconstruct(run, digits.test, vae, plain, pca);
  const data::Images some = digits.test.slice(0, std::min<Index>(1000, digits.test.count));
  run.show("Make digits", "Point, or press arrow keys.", play::codes(vae, vae.encode(some.tensor()).value(), some));
  walk(run, judge, vae, plain, digits.test, pairs);
  return run.finish();
}
