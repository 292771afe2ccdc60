#include <hourglass/metrics/classifier.h>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/metrics/labels.h>
#include <hourglass/nn/function.h>
#include <hourglass/nn/labels.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

Classifier::Classifier(Rng& rng, const ClassifierOptions& options)
    : head_(128, options.classes, Activation::none, rng, nn::Init::kaiming_normal) {
  body_.add(nn::Linear(options.pixels, 256, Activation::relu, rng, nn::Init::kaiming_normal))
      .add(nn::Dropout(options.dropout, rng))
      .add(nn::Linear(256, 128, Activation::relu, rng, nn::Init::kaiming_normal))
      .add(nn::Dropout(options.dropout, rng));
  body_.eval();
}

void Classifier::fit(const Images& images, std::span<const int> labels, const FitOptions& options) {
  body_.train();
  fit_labels(parameters(), labels, options, [&](std::span<const int> rows, Labels chosen) {
    return nn::cross_entropy(head_(body_(images(rows))), chosen).value;
  });
  body_.eval();
}

Tensor Classifier::features(const Tensor& x) {
  const NoGrad no_grad;
  require_finite(x, "classifier");
  return body_(x).value();
}

Tensor Classifier::probabilities(const Tensor& x) {
  const NoGrad no_grad;
  return softmax(head_(features(x)), 1).value();
}

std::vector<int> Classifier::predict(const Tensor& x) { return predicted_classes(probabilities(x)); }

std::vector<double> Classifier::confidence(const Tensor& x) {
  const Tensor largest = amax(probabilities(x), 1);
  return {largest.values().begin(), largest.values().end()};
}

double Classifier::accuracy(const Tensor& x, std::span<const int> labels) { return share_equal(predict(x), labels); }

}  // namespace hourglass::HOURGLASS_BUILD::metrics
