#include <hourglass/metrics/sample_quality.h>

#include <algorithm>

#include <hourglass/metrics/estimate.h>
#include <hourglass/metrics/frechet.h>
#include <hourglass/metrics/labels.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

int classes_of(const std::vector<int>& labels) {
  return labels.empty() ? 1 : 1 + *std::max_element(labels.begin(), labels.end());
}

// Of a handful of images the third-nearest other may not exist.
Manifold manifold_of(const Tensor& features) {
  return Manifold(features, std::clamp<Index>(features.size(0) - 1, 1, 3));
}

Classifier trained(const Classifier::Images& images, std::vector<int> labels, Index count, Index pixels, Rng& rng,
                   FitOptions options) {
  Classifier classifier(rng, {.pixels = pixels, .classes = classes_of(labels)});
  if (labels.empty()) labels.resize(static_cast<std::size_t>(count));
  options.batch = std::min(options.batch, count);
  classifier.fit(images, labels, options);
  return classifier;
}

}  // namespace

Index SampleScores::classes_made(double least) const {
  return std::count_if(class_shares.begin(), class_shares.end(), [&](double share) { return share >= least; });
}

SampleQuality::SampleQuality(const Classifier::Images& images, std::vector<int> labels, Index count, const Tensor& real,
                             const Tensor& test, Rng& rng, FitOptions options)
    : classifier(trained(images, labels, count, real.size(1), rng, options)),
      classes_(classes_of(labels)),
      real_(manifold_of(classifier.features(real))),
      test_(classifier.features(test)) {}

SampleScores SampleQuality::score(const Tensor& samples) {
  const Tensor features = classifier.features(samples);
  return {frechet_distance(features, test_), real_.share_of(features), manifold_of(features).share_of(test_),
          confidence(samples), class_shares(classifier.predict(samples), classes_)};
}

double SampleQuality::confidence(const Tensor& samples) { return estimate(classifier.confidence(samples)).mean; }

}  // namespace hourglass::HOURGLASS_BUILD::metrics
