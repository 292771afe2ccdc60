#pragma once
#include <functional>
#include <span>
#include <vector>

#include <hourglass/metrics/fit_labels.h>
#include <hourglass/nn/linear.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The sizes at both ends, and the dropout between them.
struct ClassifierOptions {
  Index pixels = 784;
  int classes = 10;
  Number dropout = 0.2;  ///< behind each hidden layer, in training
};

/// A classifier of images, pixels-256-128-classes with ReLU and dropout, by which samples are evaluated: its last
/// hidden layer gives the features of the Fréchet distance, its predictions the classes that a generator covers.
class Classifier : public nn::Module {
 public:
  /// The images of these indices: [n, pixels].
  using Images = std::function<Tensor(std::span<const int> indices)>;

  /// Untrained: weights by `nn::Init::kaiming_normal`. Dropout goes on drawing from `rng`, which must live as long.
  /// Throws unless 0 <= dropout < 1.
  explicit Classifier(Rng& rng, const ClassifierOptions& options = {});

  /// Trains on image i with labels[i] (metrics/fit_labels.h). Throws when a label is not below the number of classes.
  void fit(const Images& images, std::span<const int> labels, const FitOptions& options = {});

  /// The last hidden layer: [n, 128]. Here and below throws unless the pixels are finite.
  Tensor features(const Tensor& x);
  /// p(class | x): [n, classes].
  Tensor probabilities(const Tensor& x);
  /// The likeliest class, image by image.
  std::vector<int> predict(const Tensor& x);
  /// The probability of the class it decides for, image by image.
  std::vector<double> confidence(const Tensor& x);
  /// The share of images x [n, pixels] whose label is predicted. Throws unless there are n labels.
  double accuracy(const Tensor& x, std::span<const int> labels);

  /// body.0.weight, …, head.weight, head.bias
  nn::Members members() override { return {{"body", body_}, {"head", head_}}; }

 private:
  nn::Sequential body_;
  nn::Linear head_;
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
