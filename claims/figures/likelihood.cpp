// How probable the test digits are: variational, importance-weighted and autoregressive models.
#include <hourglass/metrics/likelihood.h>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/claims/figures/figures.h>
#include <hourglass/metrics/estimate.h>
#include <hourglass/models/importance_weighted.h>
#include <hourglass/models/made.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>

namespace hourglass::HOURGLASS_BUILD::claims {

namespace {

const std::string nats = "nats per image";

std::vector<double> vae(Experiment& e) {
  Rng rng = e.rng(30);
  models::Variational model({}, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
  train(
      e, e.digits.train, model.parameters(), adam, {.epochs = 10},
      [&](const Tensor& x, auto) { return model.loss(x, rng); }, rng);
  return {mean(e.digits.test, [&](const Tensor& x) { return model.loss(x, rng); })};
}

// log p(x) of the first test digits, binarised once, by importance samples.
std::vector<double> sampled(Experiment& e, models::GaussianAutoencoder& model) {
  const NoGrad looking;
  Rng fixed(31), rng(32);
  const Tensor x = nn::binarize(e.digits.test.slice(0, e.quick ? 50 : 1000).tensor(), fixed);
  const auto encoder = [&](const Tensor& images) {
    const models::Posterior q = model.posterior(images);
    return metrics::Posterior{q.mean.value(), q.log_variance.value()};
  };
  const auto decoder = metrics::Decoder::bernoulli([&](const Tensor& h) { return model.logits(h).value(); });
  return metrics::sampled_log_likelihood(x, encoder, decoder, rng, {.samples = e.quick ? 50 : 5000}).importance;
}

// The same network, data and training, with 1, 5 and 50 draws.
std::vector<double> ladder(Experiment& e) {
  std::vector<std::vector<double>> log_p;
  for (const Index draws : {1, 5, 50}) {
    Rng rng = e.rng(33);
    models::ImportanceWeighted model({.draws = draws}, rng);
    nn::Adam adam(model.parameters(), {.learning_rate = 1e-3, .epsilon = 1e-4});
    train(
        e, e.digits.train, model.parameters(), adam, {.epochs = 8, .batch = 100},
        [&](const Tensor& x, auto) { return model.loss(nn::binarize(x, rng), rng); }, rng);
    log_p.push_back(sampled(e, model));
  }
  const auto mean_of = [&](std::size_t i) { return -metrics::estimate(log_p[i]).mean; };
  // paired, image by image, since all three judge the same images
  std::vector<double> gain(log_p[0].size());
  for (std::size_t i = 0; i < gain.size(); ++i) gain[i] = log_p[1][i] - log_p[0][i];
  const metrics::Estimate by = metrics::estimate(gain);
  return {mean_of(0), mean_of(1), mean_of(2), by.mean / by.standard_error, mean_of(1) - mean_of(2)};
}

data::Images binarised(const data::Images& images, std::uint64_t seed) {
  Rng rng(seed);
  data::Images binary = images;
  const Tensor x = nn::binarize(images.tensor(), rng);
  for (std::size_t i = 0; i < binary.pixels.size(); ++i) binary.pixels[i] = x.data()[i] > 0 ? 255 : 0;
  return binary;
}

std::vector<double> made(Experiment& e) {
  Rng rng = e.rng(34);
  models::Made model({.shuffled = true}, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3, .l2 = 1e-4});
  const auto rate = [](Scalar t) { return t < Scalar(0.45) ? 1 : t < Scalar(0.9) ? Scalar(0.1) : Scalar(0.01); };
  train(
      e, binarised(e.digits.train, 35), model.parameters(), adam, {.epochs = 100, .batch = 100, .rate = rate},
      [&](const Tensor& x, auto) { return model.loss(x); }, rng);
  return {mean(binarised(e.digits.test, 36), [&](const Tensor& x) { return model.loss(x); })};
}

}  // namespace

std::vector<Figures> likelihood() {
  const std::string burda = "Burda et al. 2016, table 1, after 3,280 epochs";
  const std::string after = "PyTorch 2.15, the same training; " + burda + ": ";
  return {
      {{figure("vae-grey", "VAE 784-400-20, ReLU, 10 epochs, grey test digits: BCE + KL", nats, {104.6, 106.6},
               "the standard PyTorch example")},
       vae},
      {{figure("vae-likelihood", "-log p, VAE 784-200-200-50, 8 epochs, 5,000 samples, 1,000 test digits", nats,
               {101, 112.7}, after + "86.76"),
        figure("iwae5-likelihood", "-log p, the same with 5 draws", nats, {96.75, 107.3}, after + "85.54"),
        figure("iwae50-likelihood", "-log p, the same with 50 draws", nats, {94.57, 104.7}, after + "84.78"),
        figure("iwae5-over-vae", "what 5 draws gain over 1, in standard errors of the paired difference",
               "standard errors", {4, {}}, burda),
        figure("iwae50-over-5", "what 50 draws gain over 5", nats, {0, {}}, burda)},
       ladder,
       true},
      {{figure("made", "-log p, MADE 784-500-784, one mask, a random order, 100 epochs, binarised test digits", nats,
               {{}, 96}, "a published rerun of Germain et al. 2015: 94.5")},
       made,
       true},
  };
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
