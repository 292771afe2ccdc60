#pragma once
#include <hourglass/metrics/classifier.h>
#include <hourglass/metrics/manifold.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// How good the images are that a generator has made, and whether they show everything.
struct SampleScores {
  double frechet = 0;                ///< Fréchet distance of features to those of the test images (metrics/frechet.h)
  double precision = 0;              ///< share of made images that lie where real ones lie (metrics/manifold.h)
  double recall = 0;                 ///< share of test images that lie where made ones lie
  double confidence = 0;             ///< mean probability of the class that the classifier decides for
  std::vector<double> class_shares;  ///< [classes]: of the made images, by the classifier
  /// How many classes make up at least this share.
  Index classes_made(double least = 0.01) const;
};

/// Judges images that a generator has made, through a net that was trained to tell the classes of real ones: its last
/// hidden layer says how alike images are, its classes what they show.
class SampleJudge {
 public:
  /// Trains the net on image i with labels[i]. Without labels all are of one class, and the features are random ones.
  /// `real` and `test` [n, pixels] are those that made images are compared with: training images for precision, test
  /// images for recall and Fréchet distance, all of them as many as will be judged.
  SampleJudge(const Classifier::Images& images, std::vector<int> labels, Index count, const Tensor& real,
              const Tensor& test, Rng& rng, FitOptions options = {});

  /// All figures for made images [n, pixels]; n as many as `real` and `test` have.
  SampleScores score(const Tensor& made);
  /// The share of images that lie where real ones lie.
  double precision(const Tensor& made) { return real_.share_of(classifier.features(made)); }
  /// The mean probability of the class that the classifier decides for.
  double confidence(const Tensor& made);

  Classifier classifier;

 private:
  int classes_;
  Manifold real_;
  Tensor test_;  // features
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
