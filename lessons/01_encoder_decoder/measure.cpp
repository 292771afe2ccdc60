#include "lessons/01_encoder_decoder/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/pca.h>

namespace hourglass {
namespace {

metrics::Pca fit_pca(const Run& run, const data::Images& images) {
  metrics::PcaFit fit;
  run.each(images, [&](const Tensor& x) { fit.add(x); });
  return fit.finish();
}

struct Errors {
  double train, test;  // squared error per image
};

std::vector<std::string> row(const std::string& name, Index code, const Errors& errors) {
  return {name, std::to_string(code), fmt::format("{:.3f}", errors.train), fmt::format("{:.3f}", errors.test)};
}

// max |a - b|
double largest_difference(const Tensor& a, const Tensor& b) {
  double largest = 0;
  for (Index i = 0; i < a.numel(); ++i)
    largest = std::max(largest, std::abs(double(a.data()[i]) - double(b.data()[i])));
  return largest;
}

}  // namespace

void show_reconstructions(Run& run, models::Undercomplete& model, const data::Images& test, const Tensor& shown) {
  const NoGrad no_grad;
  const Variable h = model.encode(shown);
  const Tensor r = model.decode(h).value();
  run.show("reconstructions", "Reconstructions",
           fmt::format("Test images, and their reconstructions from a {}-dimensional code.", h.shape()[1]),
           report::rows({{"test image", shown}, {"reconstruction", r}}, test.height, test.width, 3));
}

void compare_with_baselines(Run& run, const data::Dataset& digits, models::Undercomplete& model, Index code) {
  const metrics::Pca pca = fit_pca(run, digits.train);
  const auto errors = [&](const std::function<Loss(const Tensor&)>& loss) {
    return Errors{run.mean(digits.train, loss), run.mean(digits.test, loss)};
  };
  const Errors autoencoder = errors([&](const Tensor& x) { return model.loss(x); });
  const Errors linear = errors([&](const Tensor& x) { return nn::squared_error(pca.reconstruct(x, code), x); });
  const Errors constant = errors([&](const Tensor& x) { return nn::squared_error(pca.mean_like(x), x); });
  run.metric("train_squared_error_per_image", autoencoder.train);
  run.metric("test_squared_error_per_image", autoencoder.test);
  run.metric("pca_test_squared_error_per_image", linear.test);
  run.metric("mean_image_test_squared_error_per_image", constant.test);
  run.metric("test_error_over_mean_image", autoencoder.test / constant.test);
  run.show(
      "Error of the autoencoder and of two baselines",
      "Squared error per image, on the training set and on the test set.",
      report::Table{{"squared error per image", "code size", "train", "test"},
                    {row("autoencoder", code, autoencoder), row("PCA", code, linear), row("mean image", 0, constant)}});
}

void show_latent_space(Run& run, models::Undercomplete& model, const data::Images& test) {
  const NoGrad no_grad;
  const data::Images some = test.first(1000);
  run.show("The latent space",
           "Each dot is the code of a test image, coloured by its class, which the training did not use. Point "
           "anywhere, or use the arrow keys: this page decodes that point with the weights just trained.",
           play::codes(model, model.encode(some.tensor()).value(), some));
}

void measure_statements(Run& run, const data::Dataset& digits, models::Undercomplete& model, const Tensor& x) {
  const NoGrad no_grad;
  const Tensor h = model.encode(x).value().clone();  // all that the decoder gets
  const Tensor from_code = model.decode(h).value();
  const Tensor whole = model.decode(model.encode(x)).value();
  run.metric("labels_given_to_training", static_cast<double>(digits.train.labels.size()));
  run.metric("largest_difference_of_halves_and_whole", largest_difference(from_code, whole));
  run.metric("numbers_in_the_code", static_cast<double>(h.size(1)));
  run.metric("code_numbers_per_input_number", static_cast<double>(h.size(1)) / static_cast<double>(x.size(1)));
}

}  // namespace hourglass
