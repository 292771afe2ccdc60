// Lesson 11: dimensionality reduction. How much of the variance do codes of size 2, 8 and 32 explain, and how well do
// classifiers predict the class from them: codes of an autoencoder, of PCA, and of a random projection?

#include <fmt/format.h>

#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/nn/adam.h>
#include "lessons/11_dimensionality_reduction/measure.h"
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

const std::vector<Index> sizes = {2, 8, 32};

}  // namespace

int main(int argc, char** argv) {
  Run run("11_dimensionality_reduction", "Dimensionality reduction", "How many numbers does a digit need?", argc, argv);
  const data::Dataset digits = run.dataset();
  const Index input = digits.train.pixels_per_image();

  std::vector<models::Undercomplete> models;
  std::vector<Tensor> directions;  // random: k columns of length about 1
  nn::Parameters parameters;
  for (const Index k : sizes) {
    models.emplace_back(models::Undercomplete::Sizes{.input = input, .hidden = 128, .code = k}, run.rng);
    directions.push_back(run.rng.normal({input, k}, 0, 1 / std::sqrt(Scalar(input))));
    run.add(parameters, fmt::format("code{}.", k), models.back());
  }
  nn::Adam adam(parameters, {.learning_rate = 1e-3});
  run.keep(parameters, {&adam});
  for (std::size_t i = 0; i < sizes.size(); ++i)
    run.draw_autoencoder(models[i], input, fmt::format("code size {}", sizes[i]));

  for ([[maybe_unused]] int epoch : run.epochs(8)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Loss largest{};  // of the model with the largest code
      adam.zero_grad();
      for (models::Undercomplete& model : models) {
        Loss loss = model.loss(x);  // L(x, g(f(x))), code size 2, 8, 32
        backward(loss.value);
        // [one]
        largest = loss;
      }
      adam.step();
      run.end_batch(largest);
    }
    // [/loop]
    show_reconstructions(run, models, digits.test);
    run.end_epoch();
  }

  metrics::PcaFit fit;
  run.each(digits.train, [&](const Tensor& x) { fit.add(x); });
  const metrics::Pca pca = fit.finish();
  const data::Images labelled = digits.train.first(10000);
  const data::Images test = digits.test.first(5000);
  compare_variance(run, digits.test, sizes, models, pca);
  measure_intrinsic_dimension(run, test.tensor());
  if (!labelled.labels.empty()) compare_tasks(run, labelled, test, sizes, models, pca, directions);
  return run.finish();
}
