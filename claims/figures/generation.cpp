// Generation: the GAN's samples, evaluated by Parzen windows and by a classifier of digits.
#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/claims/figures/figures.h>
#include <hourglass/metrics/classifier.h>
#include <hourglass/metrics/frechet.h>
#include <hourglass/metrics/labels.h>
#include <hourglass/metrics/parzen.h>
#include <hourglass/models/adversarial.h>
#include <hourglass/models/gaussian_mixture.h>
#include <hourglass/models/regularized.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/average.h>

namespace hourglass::HOURGLASS_BUILD::claims {

namespace {

metrics::Classifier judge(Experiment& e) {
  Rng rng(50);
  metrics::Classifier classifier(rng);
  const data::Images fitting = e.fitting();
  classifier.fit([&](std::span<const int> indices) { return fitting.batch(indices); }, fitting.labels,
                 {.epochs = e.epochs(12)});
  return classifier;
}

std::vector<double> gan(Experiment& e) {
  Rng rng = e.rng(51);
  models::Gan model({.noise = 100,
                     .generator_hidden = {1200, 1200},
                     .discriminator_hidden = {512, 256},
                     .real_target = 0.9,
                     .instance_noise = 0.5},
                    rng);
  nn::Adam generator(model.generator.parameters("generator."), {.learning_rate = 5e-4, .beta1 = 0.5});
  nn::Adam discriminator(model.discriminator.parameters("discriminator."), {.learning_rate = 5e-4, .beta1 = 0.5});
  nn::Average average(model.generator.parameters("generator."), 0.9998);
  train(
      e, e.digits.train, model.parameters(), discriminator, {.epochs = 25},
      [&](const Tensor& x, auto) {
        generator.zero_grad();
        backward(model.generator_loss(x.size(0), rng).value);
        generator.step();
        average.update();
        return model.discriminator_loss(x, rng);
      },
      rng);
  average.swap();
  metrics::Classifier classifier = judge(e);
  const NoGrad looking;
  const Tensor samples = model.generate(model.noise(parzen_samples(e), rng)).value();
  const std::vector<double> shares = metrics::class_shares(classifier.predict(samples), 10);
  const auto [least, most] = std::minmax_element(shares.begin(), shares.end());
  return {parzen_likelihood(e, samples), 100 * *least, 100 * *most};
}

// Samples of the regularised autoencoder, whose codes a mixture of Gaussians was fitted to, beside those of a
// variational one of the same sizes and training.
std::vector<double> mixture(Experiment& e) {
  Rng rng = e.rng(52);
  models::Regularized regularised({}, rng);
  models::Variational variational({.hidden = {512, 256}, .code = 16}, rng);
  const auto fit = [&](auto& model, const BatchLoss& loss) {
    nn::Adam adam(model.parameters(), {.learning_rate = 1e-3});
    train(e, e.digits.train, model.parameters(), adam, {.epochs = 10}, loss, rng);
  };
  fit(regularised, [&](const Tensor& x, auto) { return regularised.loss(x); });
  fit(variational, [&](const Tensor& x, auto) { return variational.loss(x, rng); });
  const Tensor codes = rows(e.digits.train, [&](const Tensor& x) { return regularised.encode(x); });
  const models::GaussianMixture prior(codes, {}, rng);

  metrics::Classifier classifier = judge(e);
  const NoGrad looking;
  const Tensor real = classifier.features(e.digits.test.tensor());
  const auto distance = [&](const Variable& made) {
    return metrics::frechet_distance(classifier.features(made.value()), real);
  };
  const Index n = e.digits.test.count;
  const double ours = distance(regularised.decode(prior.sample(n, rng)));
  return {ours / distance(variational.decode(rng.normal({n, variational.code})))};
}

}  // namespace

Index parzen_samples(const Experiment& e) { return e.quick ? 1000 : 10000; }

double parzen_likelihood(const Experiment& e, const Tensor& samples) {
  const data::Images validation = e.validation();
  const Tensor chosen_on = validation.slice(0, std::min<Index>(1000, validation.count)).tensor();
  return metrics::parzen(samples, chosen_on, e.digits.test.tensor()).log_likelihood.mean;
}

std::vector<Figures> generation() {
  return {
      {{figure("gan-parzen", "GAN 100-1200-1200-784, 10,000 samples, Parzen window", "nats per image", {215, {}},
               "Goodfellow et al. 2014: 225"),
        figure("gan-rarest-digit", "share of the class that the generator makes least", "% of samples", {5, {}},
               "no mode lost"),
        figure("gan-commonest-digit", "share of the class that it makes most", "% of samples", {{}, 20},
               "no mode lost")},
       gan,
       true},
      {{figure(
           "mixture-over-vae",
           "regularised autoencoder and a mixture of 10 Gaussians: its samples' Fréchet distance over a VAE's of the "
           "same sizes",
           "ratio", {{}, 1}, "Ghosh et al. 2020, table 1: the order")},
       mixture},
  };
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
