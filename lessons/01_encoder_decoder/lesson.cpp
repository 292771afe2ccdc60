// Lesson 01: an encoder h = f(x), a decoder r = g(h), and a loss L(x, g(f(x))).
//
// The net is asked to copy its input through a code of 32 numbers. Nobody tells it what a digit is: the input is the
// target, and no label is read.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include "lessons/common/run.h"

using namespace hourglass;

namespace {

// What the error means: beside what the best linear code of the same size costs, and beside no code at all.
report::Table compare(Run& run, const data::Dataset& digits, models::Undercomplete& model, Index code) {
  metrics::PcaFit fit;
  run.each(digits.train, [&](const Tensor& x) { fit.add(x); });
  const metrics::Pca pca = fit.finish();
  const auto train_and_test = [&](const std::function<Loss(const Tensor&)>& loss) {
    return std::pair{run.mean(digits.train, loss), run.mean(digits.test, loss)};
  };
  const auto [train, test] = train_and_test([&](const Tensor& x) { return model.loss(x); });
  const auto [pca_train, pca_test] =
      train_and_test([&](const Tensor& x) { return nn::squared_error(pca.reconstruct(x, code), x); });
  const auto [mean_train, mean_test] =
      train_and_test([&](const Tensor& x) { return nn::squared_error(pca.mean_like(x), x); });
  run.metric("train_squared_error_per_image", train);
  run.metric("test_squared_error_per_image", test);
  run.metric("pca_test_squared_error_per_image", pca_test);
  run.metric("mean_image_test_squared_error_per_image", mean_test);
  run.metric("test_error_over_mean_image", test / mean_test);
  const auto row = [](const std::string& name, Index numbers, double a, double b) {
    return std::vector<std::string>{name, std::to_string(numbers), fmt::format("{:.3f}", a), fmt::format("{:.3f}", b)};
  };
  return {{"squared error per image", "code", "train", "test"},
          {row("autoencoder", code, train, test), row("PCA", code, pca_train, pca_test),
           row("mean image", 0, mean_train, mean_test)}};
}

// What the notes state of every autoencoder, as numbers: no labels, two halves that work apart, and a small code
// between.
void measure_statements(Run& run, const data::Dataset& digits, models::Undercomplete& model, const Tensor& x) {
  const NoGrad looking;
  const Tensor h = model.encode(x).value().clone();  // all that the decoder gets
  const Tensor apart = model.decode(h).value(), whole = model.decode(model.encode(x)).value();
  double difference = 0;
  for (Index i = 0; i < x.numel(); ++i)
    difference = std::max(difference, std::abs(double(apart.data()[i]) - double(whole.data()[i])));
  run.metric("labels_given_to_training", static_cast<double>(digits.train.labels.size()));
  run.metric("largest_difference_of_halves_and_whole", difference);
  run.metric("numbers_in_the_code", static_cast<double>(h.size(1)));
  run.metric("code_numbers_per_input_number", static_cast<double>(h.size(1)) / static_cast<double>(x.size(1)));
}

void show_reconstructions(Run& run, models::Undercomplete& model, const data::Images& test, const Tensor& shown) {
  const NoGrad looking;
  const Variable code = model.encode(shown);
  const Tensor made = model.decode(code).value();
  run.show("reconstructions", "What comes back",
           fmt::format("Above: test images. Below: what the decoder makes of their {} numbers.", code.shape()[1]),
           report::rows({shown, made}, test.height, test.width, 3));
}

}  // namespace

int main(int argc, char** argv) {
  Run run("01_encoder_decoder", "An encoder and a decoder",
          "What is left of a digit that must pass through 32 numbers?", argc, argv);
  data::Dataset digits = run.dataset();
  digits.train.labels.clear();  // nobody will ask what a digit is
  const Index input = digits.train.pixels_per_image(), code = 32;

  models::Undercomplete model({.input = input, .hidden = 128, .code = code}, run.rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 1e-3f});
  run.keep(model.parameters(), {&adam});
  run.networks(model.networks());

  const Tensor shown = digits.test.slice(0, std::min<Index>(12, digits.test.count)).tensor();
  for ([[maybe_unused]] int epoch : run.epochs(10)) {
    // [loop]
    for (const Tensor& x : run.batches(digits.train, 128)) {
      Variable h = model.encode(x);         // h = f(x)      [128, 32]
      Variable r = model.decode(h);         // r = g(h)      [128, 784]
      Loss loss = nn::squared_error(r, x);  // L(x, r)       squared error per image
      // [made]
      adam.zero_grad();
      backward(loss.value);  // dL/dθ for every weight θ of f and g
      // [gradient]
      adam.step();  // θ moves against it
      // [moved]
      run.end_batch(loss);
    }
    // [/loop]
    show_reconstructions(run, model, digits.test, shown);
    run.measure("test", run.mean(digits.test, [&](const Tensor& x) { return model.loss(x); }));
    run.end_epoch();
  }

  run.show("What the error means", "Squared error per image, on images the model was trained on and on new ones.",
           compare(run, digits, model, code));
  const data::Images some = digits.test.slice(0, std::min<Index>(1000, digits.test.count));
  const NoGrad looking;
  run.show("Move through the codes",
           "Each dot is a test image; the colours are its class, which the net was never told. Point anywhere, or use "
           "the arrow keys: this page decodes the place with the weights just trained.",
           play::codes(model, model.encode(some.tensor()).value(), some));
  measure_statements(run, digits, model, shown);
  return run.finish();
}
