// Lesson 09: the variational autoencoder. The encoder outputs a distribution q(h|x) of the code h, and the decoder
// generates new digits. The same architecture is also trained as a plain autoencoder: its code is a point, and nothing
// regularises the latent space.

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/adam.h>
#include "lessons/09_variational/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;
using models::Variational;

int main(int argc, char** argv) {
  Run run("09_variational", "The variational autoencoder", "What does a decoder output for a code that no digit has?",
          argc, argv);
  const data::Dataset digits = run.dataset();
  const Variational::Options sizes{.input = digits.train.pixels_per_image(), .hidden = {400}, .code = 20};
  Variational vae(sizes, run.rng);
  Variational plain(sizes, run.rng);  // its code is the mean
  nn::Parameters parameters;
  run.add(parameters, "", vae);
  run.add(parameters, "plain.", plain);
  nn::Adam adam(parameters, {.learning_rate = 1e-3});
  run.keep(parameters, {&adam});
  run.draw_model({"VAE",
                  sizes.input,
                  {{"x", vae.encoder, "μ, log σ²"},
                   {"μ, log σ²", "μ + σ ε,  ε ~ N(0, I)", {vae.code}, "h"},
                   {"h", vae.decoder, "logits"},
                   {"logits", "sigmoid", {sizes.input}, "r"}}});

  for ([[maybe_unused]] int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      models::Posterior q = vae.posterior(x);                             // q(h|x) = N(μ, σ²)
      Variable h = q.sample(run.rng);                                     // h = μ + σ ε
      Loss loss = models::negative_elbo(vae.logits(h), x, q, 1);          // -log p(x|h) + KL(q ‖ N(0, I))
      Variable logits = plain.logits(plain.encode(x));                    // the plain autoencoder: h = μ
      Loss plain_loss = nn::binary_cross_entropy_with_logits(logits, x);  // no KL
      // [made]
      adam.zero_grad();
      backward(loss.value);
      backward(plain_loss.value);
      adam.step();
      run.end_batch(loss);
    }
    // [/loop]
    show_samples(run, vae, digits.test);
    run.measure("test", run.mean(digits.test, [&](const Tensor& x) { return vae.loss(x, run.rng); }));
    run.end_epoch();
  }

  const Index n = std::min({Index{5000}, digits.train.count, digits.test.count});
  const Index pairs = std::min<Index>(500, n / 2);
  metrics::SampleQuality classifier([&](std::span<const int> indices) { return digits.train.batch(indices); },
                                    digits.train.labels, digits.train.count, digits.train.slice(0, n).tensor(),
                                    digits.test.slice(0, n).tensor(), run.rng, {.epochs = run.quick() ? 1 : 8});
  const NoGrad no_grad;
  metrics::PcaFit pixels_fit, codes_fit;
  run.each(digits.train, [&](const Tensor& x) {
    pixels_fit.add(x);
    codes_fit.add(plain.encode(x).value());
  });
  const metrics::Pca pca = pixels_fit.finish();
  const metrics::Pca codes = codes_fit.finish();                            // mean and covariance of the plain codes
  const Tensor z = run.rng.normal({n, vae.code});                           // from the prior N(0, I)
  const Tensor z_plain = codes.decode(z * sqrt(relu(codes.variances)));     // from a Gaussian fitted to the plain codes
  const data::Images last = digits.train.slice(digits.train.count - n, n);  // real ones, for comparison
  score_samples(run, classifier,
                {{"samples", vae.decode(z).value()},
                 {"plain_prior", plain.decode(z).value()},
                 {"plain_normal", plain.decode(z_plain).value()},
                 {"training_digits", last.tensor()}});
  measure_likelihood(run, vae, digits.test.slice(0, pairs).tensor(), pca.mean);
  measure_reconstruction(run, digits.test, vae, plain, pca);
  const data::Images some = digits.test.first(1000);
  run.show("Generate digits", "Point, or press arrow keys: the decoder's output for the chosen code.",
           play::codes(vae, vae.encode(some.tensor()).value(), some));
  measure_interpolation(run, classifier, vae, plain, digits.test, pairs);
  return run.finish();
}
