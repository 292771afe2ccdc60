#include "metrics/classifier.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "autograd/backward.h"
#include "autograd/ops.h"
#include "metrics/labels.h"
#include "nn/function.h"
#include "nn/labels.h"
#include "nn/optimizer.h"
#include "tensor/error.h"
#include "tensor/reduce.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

Classifier::Classifier(Rng& rng, const ClassifierOptions& options)
    : head_(128, options.classes, Activation::none, rng, nn::Init::he_normal) {
  body_.add(nn::Linear(options.pixels, 256, Activation::relu, rng, nn::Init::he_normal))
      .add(nn::Dropout(options.dropout, rng))
      .add(nn::Linear(256, 128, Activation::relu, rng, nn::Init::he_normal))
      .add(nn::Dropout(options.dropout, rng));
  body_.train(false);
}

void Classifier::fit(const Images& images, std::span<const int> labels, const ClassifierTraining& training) {
  const auto n = static_cast<Index>(labels.size());
  require(training.epochs >= 1 && training.batch >= 1 && training.batch <= n, "classifier: ", training.epochs,
          " epochs of batches of ", training.batch, " from ", n, " labels");
  nn::Adam adam(parameters(), {.learning_rate = training.learning_rate, .weight_decay = training.weight_decay});
  Rng rng(training.seed);
  const Index batches = n / training.batch, steps = batches * training.epochs;
  std::vector<int> order, chosen(static_cast<std::size_t>(training.batch));
  body_.train(true);
  for (Index step = 0; step < steps; ++step) {
    if (step % batches == 0) order = rng.permutation(static_cast<int>(n));
    const auto places =
        std::span(order).subspan(static_cast<std::size_t>(step % batches * training.batch), chosen.size());
    std::transform(places.begin(), places.end(), chosen.begin(),
                   [&](int place) { return labels[static_cast<std::size_t>(place)]; });
    const Variable loss = nn::class_cross_entropy(head_.forward(body_.forward(images(places))), chosen).value;
    const double done = static_cast<double>(step) / static_cast<double>(steps);
    adam.set_learning_rate(training.learning_rate * static_cast<Scalar>(0.5 + 0.5 * std::cos(std::numbers::pi * done)));
    adam.zero_grad();
    backward(loss);
    adam.step();
  }
  body_.train(false);
}

Tensor Classifier::features(const Tensor& x) {
  const NoGrad no_grad;
  return body_.forward(x).value();
}

Tensor Classifier::probabilities(const Tensor& x) {
  const NoGrad no_grad;
  return softmax(head_.forward(body_.forward(x))).value();
}

std::vector<int> Classifier::predict(const Tensor& x) { return largest_places(probabilities(x)); }

std::vector<double> Classifier::confidence(const Tensor& x) {
  const Tensor largest = tensor::max(probabilities(x), 1, false);
  return {largest.values().begin(), largest.values().end()};
}

double Classifier::accuracy(const Tensor& x, std::span<const int> labels) { return share_equal(predict(x), labels); }

nn::Parameters Classifier::parameters() const {
  nn::Parameters all;
  body_.collect(all, "body.");
  head_.collect(all, "head.");
  return all;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
