#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "nn/linear.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

struct ClassifierOptions {
  Index pixels = 784;
  int classes = 10;
  Scalar dropout = Scalar(0.2);  ///< behind each hidden layer, in training
};

struct ClassifierTraining {
  int epochs = 12;
  Index batch = 128;
  Scalar learning_rate = Scalar(2e-3), weight_decay = Scalar(0.01);
  std::uint64_t seed = 1;
};

/// A judge of samples: pixels-256-128-classes, ReLU, dropout. Its last hidden layer serves as features for the Fréchet
/// distance, its classes show which digits a generator makes, its confidence where a walk between codes leaves them.
class Classifier {
 public:
  /// Hands out the images at these places: [n, pixels].
  using Images = std::function<Tensor(std::span<const int> places)>;

  explicit Classifier(Rng& rng, const ClassifierOptions& options = {});

  /// Trains on image i with labels[i] by AdamW, its rate falling to 0 along a cosine. Throws unless there are at least
  /// as many labels as a batch holds, each below the number of classes.
  void fit(const Images& images, std::span<const int> labels, const ClassifierTraining& training = {});

  /// The last hidden layer: [n, 128].
  Tensor features(const Tensor& x);
  /// p(class | x): [n, classes].
  Tensor probabilities(const Tensor& x);
  std::vector<int> predict(const Tensor& x);
  /// The probability of the class it decides for, image by image.
  std::vector<double> confidence(const Tensor& x);
  double accuracy(const Tensor& x, std::span<const int> labels);

  nn::Parameters parameters() const;

 private:
  nn::Sequential body_;
  nn::Linear head_;
};

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
