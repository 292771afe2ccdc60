// Lesson 10: the generative adversarial network. A generator makes digits from noise, a discriminator distinguishes
// them from real ones, and each is trained against the other. On the same batches, a variational autoencoder is
// trained.

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include "lessons/10_adversarial/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

Tensor generate(models::Gan& gan, const Tensor& z) {
  const NoGrad no_grad;
  return gan.generate(z).value();
}

}  // namespace

int main(int argc, char** argv) {
  Run run("10_adversarial", "Generative adversarial networks", "What does a generator learn from a discriminator?",
          argc, argv);
  const data::Dataset digits = run.dataset();
  const Index n = std::min({Index{2000}, digits.train.count, digits.test.count});
  const Tensor train = digits.train.slice(0, n).tensor();
  const Tensor test = digits.test.slice(0, n).tensor();
  Rng evaluation(run.seed, 1);  // its draws leave the random numbers of the training unchanged
  metrics::SampleQuality classifier([&](std::span<const int> indices) { return digits.train.batch(indices); },
                                    digits.train.labels, digits.train.count, train, test, evaluation,
                                    {.epochs = run.quick() ? 1 : 8});

  models::Gan gan({.input = test.size(1), .noise = 64, .real_target = 0.9, .instance_noise = 0.5}, run.rng);
  models::Variational vae({.input = test.size(1)}, run.rng);
  nn::Adam generator_adam(gan.generator.parameters("generator."), {.learning_rate = 5e-4, .beta1 = 0.5});
  nn::Adam discriminator_adam(gan.discriminator.parameters("discriminator."), {.learning_rate = 5e-4, .beta1 = 0.5});
  nn::Adam vae_adam(vae.parameters(), {.learning_rate = 1e-3});
  nn::Parameters parameters;
  run.add(parameters, "", gan);
  run.add(parameters, "vae.", vae);
  const Tensor z = gan.noise(n, evaluation);  // the same after each epoch
  const double untrained = classifier.score(generate(gan, z)).frechet;
  run.keep(parameters, {&generator_adam, &discriminator_adam, &vae_adam});
  run.draw_model({"", 64, {{"z", gan.generator, "G(z) or x"}, {"G(z) or x", gan.discriminator, "logit of D"}}});

  for ([[maybe_unused]] int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss discriminator_loss = gan.discriminator_loss(x, run.rng);  // -log D(x) - log(1 - D(G(z)))
      discriminator_adam.zero_grad();
      backward(discriminator_loss.value);
      // [scored]
      discriminator_adam.step();
      Loss generator_loss = gan.generator_loss(x.size(0), run.rng);  // -log D(G(z))
      generator_adam.zero_grad();
      backward(generator_loss.value);
      // [fooled]
      generator_adam.step();
      Loss vae_loss = vae.loss(x, run.rng);  // the negative ELBO
      vae_adam.zero_grad();
      backward(vae_loss.value);
      vae_adam.step();
      run.end_batch(discriminator_loss);
    }
    // [/loop]
    const Tensor images = generate(gan, z);
    run.track("Fréchet distance", classifier.score(images).frechet);
    measure_discriminator(run, gan, test, images);
    show_epoch(run, images, digits.test);
    run.end_epoch();
  }

  const NoGrad no_grad;
  const Tensor by_gan = generate(gan, z);
  const Tensor by_vae = vae.decode(evaluation.normal({n, vae.code})).value();
  const Tensor real = digits.train.slice(digits.train.count - n, n).tensor();
  const Tensor known = digits.train.first(20000).tensor();
  measure_training(run, untrained);
  measure_copying(run, by_gan, test, known);
  compare(run, classifier, {{"gan", by_gan}, {"vae", by_vae}, {"training_digits", real}},
          narrow(train, 0, 0, std::min<Index>(n, 1000)), test);
  show_beside(run, by_gan, by_vae, digits.test);
  return run.finish();
}
