// The variants, for most of which no published figure on digits exists: each is compared with what PyTorch reaches by
// the same training (tools/python/variants.py), with the models' sizes as they come.
#include <numeric>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/claims/figures/figures.h>
#include <hourglass/metrics/activity.h>
#include <hourglass/models/adversarial_autoencoder.h>
#include <hourglass/models/conditional.h>
#include <hourglass/models/contractive.h>
#include <hourglass/models/convolutional.h>
#include <hourglass/models/hashing.h>
#include <hourglass/models/regularized.h>
#include <hourglass/models/sparse.h>
#include <hourglass/models/top_k.h>
#include <hourglass/models/variational.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/models/wasserstein_autoencoder.h>
#include <hourglass/models/wasserstein_gan.h>
#include <hourglass/nn/adam.h>

namespace hourglass::HOURGLASS_BUILD::claims {

namespace {

constexpr int epochs = 5;

void train_by(Experiment& e, const nn::Parameters& parameters, Rng& rng, const BatchLoss& loss) {
  nn::Adam adam(parameters, {.learning_rate = 1e-3});
  train(e, e.digits.train, parameters, adam, {.epochs = epochs}, loss, rng);
}

template <class Model>
double reconstruction_error(Experiment& e, Model& model) {
  return mean(e.digits.test, [&](const Tensor& x) { return nn::squared_error(model.decode(model.encode(x)), x); });
}

// Trains by the model's own loss, which may draw.
template <class Model>
void fit(Experiment& e, Model& model, Rng& rng) {
  train_by(e, model.parameters(), rng, [&](const Tensor& x, auto) {
    if constexpr (requires { model.loss(x, rng); })
      return model.loss(x, rng);
    else
      return model.loss(x);
  });
}

// The test error of a model with its default sizes.
template <class Model>
std::vector<double> plain(Experiment& e, std::uint64_t stream) {
  Rng rng = e.rng(stream);
  Model model({}, rng);
  fit(e, model, rng);
  return {reconstruction_error(e, model)};
}

std::vector<double> sparse(Experiment& e, models::Sparse::Penalty penalty) {
  Rng rng = e.rng(60);
  models::Sparse model({.penalty = penalty}, rng);
  fit(e, model, rng);
  const metrics::Activity units =
      metrics::activity(rows(e.digits.test, [&](const Tensor& x) { return model.encode(x); }));
  // the share of units that are active for an image, or the mean activation
  const double rate = std::accumulate(units.mean.begin(), units.mean.end(), 0.0) / double(units.mean.size());
  return {reconstruction_error(e, model), 100 * (penalty == models::Sparse::Penalty::l1 ? units.share_active : rate)};
}

// Trained by the closed form, which takes a tenth of the time, and measured by the exact one.
std::vector<double> contractive(Experiment& e) {
  Rng rng = e.rng(62);
  models::Contractive model({}, rng);
  train_by(e, model.parameters(), rng, [&](const Tensor& x, auto) {
    const Loss reconstruction = nn::squared_error(model.decode(model.encode(x)), x);
    return nn::with_penalty(reconstruction, model.options.weight * model.closed_form(x));
  });
  return {reconstruction_error(e, model), mean(e.digits.test, [&](const Tensor& x) {
            const GradMode recording(true);  // it is itself a gradient
            return model.penalty(x);
          })};
}

std::vector<double> vector_quantized(Experiment& e) {
  Rng rng = e.rng(64);
  models::VectorQuantized model({}, rng);
  const Index last_epoch = (epochs - 1) * e.digits.train.count / 128;  // in it, the code book is left to settle
  Index step = 0;
  train_by(e, model.parameters(), rng, [&](const Tensor& x, auto) {
    if (++step % 50 == 0 && step < last_epoch) model.revive(x, rng);
    return model.loss(x);
  });
  return {reconstruction_error(e, model)};
}

std::vector<double> beta(Experiment& e) {
  Rng rng = e.rng(66);
  models::Variational model({.beta = 4}, rng);
  fit(e, model, rng);
  return {mean(e.digits.test, [&](const Tensor& x) { return model.loss(x, rng).reconstruction; }),
          mean(e.digits.test, [&](const Tensor& x) { return model.loss(x, rng).penalty; }) / 4};
}

std::vector<double> conditional(Experiment& e) {
  Rng rng = e.rng(67);
  models::Conditional model({}, rng);
  train_by(e, model.parameters(), rng,
           [&](const Tensor& x, std::span<const int> labels) { return model.loss(x, labels, rng); });
  std::span<const int> labels = e.digits.test.labels;
  return {mean(e.digits.test, [&](const Tensor& x) {
    const auto of_these = labels.first(static_cast<std::size_t>(x.size(0)));
    labels = labels.subspan(of_these.size());
    return model.loss(x, of_these, rng);
  })};
}

std::vector<double> adversarial(Experiment& e) {
  Rng rng = e.rng(68);
  models::AdversarialAutoencoder model({}, rng);
  const nn::AdamOptions slower{.learning_rate = 2e-4, .beta1 = 0.5};
  nn::Adam encoder(model.encoder.parameters("encoder."), slower),
      discriminator(model.discriminator.parameters("discriminator."), slower);
  train_by(e, model.Autoencoder::parameters(), rng, [&](const Tensor& x, auto) {
    discriminator.zero_grad();
    backward(model.discriminator_loss(x, rng).value);
    discriminator.step();
    encoder.zero_grad();
    backward(model.encoder_loss(x).value);
    encoder.step();
    return model.loss(x);
  });
  const NoGrad looking;
  return {reconstruction_error(e, model),
          parzen_likelihood(e, model.decode(rng.normal({parzen_samples(e), model.code})).value())};
}

std::vector<double> wasserstein(Experiment& e) {
  Rng rng = e.rng(69);
  models::WassersteinAutoencoder model({}, rng);
  fit(e, model, rng);
  const NoGrad looking;
  return {reconstruction_error(e, model),
          parzen_likelihood(e, model.decode(rng.normal({parzen_samples(e), model.code})).value())};
}

std::vector<double> regularised(Experiment& e) {
  Rng rng = e.rng(70);
  models::Regularized model({}, rng);
  fit(e, model, rng);
  return {reconstruction_error(e, model), mean(e.digits.test, [&](const Tensor& x) {
            return sum(square(model.encode(x))) / static_cast<Scalar>(x.size(0));
          })};
}

std::vector<double> wasserstein_gan(Experiment& e) {
  Rng rng = e.rng(71);
  models::WassersteinGan model({}, rng);
  const nn::AdamOptions steady{.learning_rate = 3e-4, .beta1 = 0, .beta2 = 0.9};
  nn::Adam generator(model.generator.parameters("generator."), steady),
      critic(model.critic.parameters("critic."), steady);
  int step = 0;
  train(
      e, e.digits.train, model.parameters(), critic, {.epochs = 10},
      [&](const Tensor& x, auto) {
        if (step++ % 5 == 0 && step > 1) {  // after each five of the critic's
          generator.zero_grad();
          backward(model.generator_loss(x.size(0), rng).value);
          generator.step();
        }
        return model.critic_loss(x, rng);
      },
      rng);
  const NoGrad looking;
  return {parzen_likelihood(e, model.generate(model.noise(parzen_samples(e), rng)).value())};
}

}  // namespace

std::vector<Figures> variants() {
  // bands: see variants.py
  const std::string torch = "PyTorch 2.15, the same training", squared = "squared error per image",
                    nats = "nats per image", samples = ": 10,000 samples, Parzen window";
  using enum models::Sparse::Penalty;
  return {
      {{figure("sparse-l1", "784-1024-784, an L1 price of 0.1", squared, {3.33, 3.82}, torch),
        figure("sparse-l1-active", "units that answer to an image", "%", {8.7, 9.84}, torch)},
       [](Experiment& e) { return sparse(e, l1); }},
      {{figure("sparse-kl", "784-1024-784, KL divergence from a rate of 5%", squared, {3.86, 4.3}, torch),
        figure("sparse-kl-rate", "how much a unit answers, on average", "%", {7.88, 8.77}, torch)},
       [](Experiment& e) { return sparse(e, kl); }},
      {{figure("top-k", "784-1024-784, the 32 largest pass", squared, {6.18, 6.92}, torch)},
       [](Experiment& e) { return plain<models::TopK>(e, 61); }},
      {{figure("contractive", "784-64-784, sigmoid, a price of 0.1 on the Jacobian", squared, {19.4, 25}, torch),
        figure("contractive-jacobian", "its squared norm", "per image", {2.42, 5.74}, torch)},
       contractive},
      {{figure("convolutional", "16 and 32 channels, a code of 32", squared, {4.59, 5.43}, torch)},
       [](Experiment& e) { return plain<models::Convolutional>(e, 63); }},
      {{figure("vector-quantised", "784-256-64-256-784, 8 of 64 entries", squared, {11.3, 14.6}, torch)},
       vector_quantized},
      {{figure("hashing", "784-512-256, a code of 64 bits", squared, {14.7, 19.3}, torch)},
       [](Experiment& e) { return plain<models::Hashing>(e, 65); }},
      {{figure("beta-vae", "VAE 784-400-20, beta 4: cross-entropy", nats, {111, 124}, torch),
        figure("beta-vae-kl", "the same: KL divergence", nats, {8.26, 9.46}, torch)},
       beta},
      {{figure("conditional-vae", "784-400-20, told the label: BCE + KL", nats, {99.9, 111}, torch)}, conditional},
      {{figure("adversarial", "adversarial autoencoder 784-512-256-8", squared, {16.2, 24.5}, torch),
        figure("adversarial-parzen", "the same" + samples, nats, {260, 294}, torch)},
       adversarial},
      {{figure("wasserstein", "Wasserstein autoencoder 784-512-256-8", squared, {12.7, 14.2}, torch),
        figure("wasserstein-parzen", "the same" + samples, nats, {251, 281}, torch)},
       wasserstein},
      {{figure("regularised", "784-512-256-16", squared, {8.18, 9.27}, torch),
        figure("regularised-code", "squared norm of its code", "per image", {16.4, 19}, torch)},
       regularised},
      {{figure("wasserstein-gan", "64-256-512-784, gradient penalty, 10 epochs" + samples, nats, {71.7, 94.4}, torch)},
       wasserstein_gan},
  };
}

}  // namespace hourglass::HOURGLASS_BUILD::claims
