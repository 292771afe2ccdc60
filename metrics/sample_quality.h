#pragma once
#include <hourglass/metrics/classifier.h>
#include <hourglass/metrics/manifold.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// How good a generator's samples are, and how much of the distribution they cover.
struct SampleScores {
  double frechet = 0;                ///< Fréchet distance of features to those of the test images (metrics/frechet.h)
  double precision = 0;              ///< share of samples that lie where real images lie (metrics/manifold.h)
  double recall = 0;                 ///< share of test images that lie where samples lie
  double confidence = 0;             ///< mean probability of the class that the classifier predicts
  std::vector<double> class_shares;  ///< [classes]: of the samples, as the classifier predicts them
  /// How many classes make up at least this share.
  Index classes_made(double least = 0.01) const;
};

/// Measures a generator's samples through a classifier of real images: its last hidden layer gives the features that
/// are compared, its predictions the classes.
class SampleQuality {
 public:
  /// Trains the classifier on image i with labels[i]. Without labels all are of one class, and the features are random
  /// ones. `real` and `test` [n, pixels] are those that samples are compared with: training images for precision, test
  /// images for recall and Fréchet distance, each as many as there will be samples.
  SampleQuality(const Classifier::Images& images, std::vector<int> labels, Index count, const Tensor& real,
                const Tensor& test, Rng& rng, FitOptions options = {});

  /// All metrics of samples [n, pixels]; n as many as `real` and `test` have.
  SampleScores score(const Tensor& samples);
  /// The share of samples that lie where real images lie.
  double precision(const Tensor& samples) { return real_.share_of(classifier.features(samples)); }
  /// The mean probability of the class that the classifier predicts.
  double confidence(const Tensor& samples);

  Classifier classifier;

 private:
  int classes_;
  Manifold real_;
  Tensor test_;  // features
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
