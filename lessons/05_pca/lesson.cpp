// Lesson 05: linear autoencoders and principal component analysis (PCA).
//
// Three autoencoders with a 10-dimensional code are trained side by side on the same mini-batches: a linear one, a
// linear one with a penalty on its weights, and one with hidden layers. PCA, which is computed and not trained, is the
// best linear code.

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/models/linear_autoencoder.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/layout.h>
#include "lessons/05_pca/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

metrics::Pca principal_components(Run& run, const data::Images& images) {
  // [pca]
  metrics::PcaFit fit;
  run.each(images, [&](const Tensor& x) { fit.add(x); });  // collects the mean m and the covariance C
  return fit.finish();                                     // C w = σ² w: the largest variance σ² first
  // [/pca]
}

// η = 0.002 · 0.85^(epoch - 1)
Scalar learning_rate(int epoch) { return Scalar(2e-3) * std::pow(Scalar(0.85), static_cast<Scalar>(epoch - 1)); }

}  // namespace

int main(int argc, char** argv) {
  Run run("05_pca", "Linear autoencoders and principal component analysis", "When is an autoencoder equivalent to PCA?",
          argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();
  const Index code = std::min<Index>(10, input - 1);
  const metrics::Pca pca = principal_components(run, digits.train);
  const Tensor components = narrow(pca.components, 0, 0, code);  // [10, 784]

  models::LinearAutoencoder linear({.input = input, .code = code}, run.rng);
  models::LinearAutoencoder penalized({.input = input, .code = code, .weight_penalty = 0.5}, run.rng);
  models::Undercomplete nonlinear({.input = input, .hidden = 128, .code = code}, run.rng);
  nn::Parameters all;
  run.add(all, "linear.", linear);
  run.add(all, "penalised.", penalized);
  run.add(all, "nonlinear.", nonlinear);
  nn::Adam adam(all, {.learning_rate = learning_rate(1)});
  run.keep(all, {&adam});
  run.draw_autoencoder(linear, input, "linear");
  run.draw_autoencoder(nonlinear, input, "non-linear");

  for (const int epoch : run.epochs(24)) {
    adam.set_learning_rate(learning_rate(epoch));
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss linear_loss = linear.loss(x);        // h = W₁ x + b₁,   r = W₂ h + b₂,   ‖x - r‖²
      Loss penalized_loss = penalized.loss(x);  // the same, + λ (‖W₁‖² + ‖W₂‖²)
      Loss nonlinear_loss = nonlinear.loss(x);  // the same code size, but hidden layers on both sides
      // [made]
      adam.zero_grad();
      for (const Loss& loss : {linear_loss, penalized_loss, nonlinear_loss}) backward(loss.value);
      // [gradient]
      adam.step();
      run.end_batch(linear_loss);
    }
    // [/loop]
    run.measure("linear", test_error(run, linear, digits.test));
    run.measure("penalised", test_error(run, penalized, digits.test));
    run.measure("non-linear", test_error(run, nonlinear, digits.test));
    run.end_epoch();
  }

  compare_with_pca(run, linear, penalized, nonlinear, pca, digits.test);
  show_directions(run, linear, penalized, components, digits.test);
  show_reconstructions(run, linear, nonlinear, pca, digits.test);
  return run.finish();
}
