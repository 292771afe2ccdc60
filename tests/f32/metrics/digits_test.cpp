#include <hourglass/data/mnist.h>
#include <hourglass/metrics/classifier.h>
#include <hourglass/metrics/estimate.h>
#include <hourglass/metrics/frechet.h>
#include <hourglass/metrics/image_quality.h>
#include <hourglass/metrics/labels.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/probe.h>
#include <hourglass/metrics/svm.h>
#include <hourglass/tensor/layout.h>
#include "tests/check.h"

using namespace hourglass;
using doctest::Approx;

namespace {

// Read once for all tests: the first 20,000 training digits and the first 500 of the test set.
struct Digits {
  data::Images train, test;
  Tensor x, t;
  Digits() {
    const data::Dataset digits = data::mnist();
    train = digits.train.slice(0, 20000), test = digits.test.slice(0, 500);
    x = train.tensor(), t = test.tensor();
  }
};
const Digits& digits() {
  static const Digits all;
  return all;
}

}  // namespace

TEST_CASE("Neighbours of digits in float are scikit-learn's in double") {
  // d, p = NearestNeighbors(n_neighbors=10, algorithm='brute').fit(x).kneighbors(t), pixels divided by 255
  const metrics::Neighbors found = metrics::nearest(digits().t, digits().x, 10);
  CHECK(found.indices[0] == 16186);
  CHECK(found.indices[1] == 14563);
  CHECK(found.distances[0] == Approx(11.444998077662447).epsilon(1e-5));
  CHECK(metrics::precision_at_k(found, digits().test.labels, digits().train.labels) == Approx(0.9014));
  const metrics::Neighbors one = metrics::nearest(digits().t, digits().x, 1);
  CHECK(metrics::neighbor_accuracy(one, digits().test.labels, digits().train.labels) == Approx(0.94));
}

TEST_CASE("The similarity of digits in float is scikit-image's in double") {
  // the mean over 100 pairs of structural_similarity(x[i], t[i], data_range=1, gaussian_weights=True, sigma=1.5,
  // use_sample_covariance=False)
  const std::vector<double> similar =
      metrics::ssim(narrow(digits().x, 0, 0, 100), narrow(digits().t, 0, 0, 100), 28, 28);
  CHECK(metrics::estimate(similar).mean == Approx(0.11223788402287745).epsilon(1e-5));
}

TEST_CASE("A linear probe and a linear machine read digits from pixels as they are known to") {
  const Tensor x = narrow(digits().x, 0, 0, 5000);
  const std::span<const int> labels = std::span(digits().train.labels).first(5000);
  // LeCun et al. 1998: 91.6% for a linear classifier of all 60,000; a twelfth of them serves here
  const metrics::LogisticProbe probe(x, labels, 10, {.l2 = Scalar(1e-2), .epochs = 5});
  CHECK(probe.accuracy(digits().t, digits().test.labels) > 0.85);
  const metrics::SparseRows rows(x), test(digits().t);
  CHECK(rows.nonzeros() < x.numel() / 4);
  CHECK(metrics::LinearSvm(rows, labels, {.C = 0.01}).accuracy(test, digits().test.labels) > 0.85);
}

TEST_CASE("The classifier of digits learns, and separates digits from noise") {
  Rng rng(1);
  metrics::Classifier classifier(rng);
  classifier.fit([](std::span<const int> indices) { return digits().train.batch(indices); },
                 std::span(digits().train.labels).first(10000), {.epochs = 4});
  CHECK(classifier.accuracy(digits().t, digits().test.labels) > 0.92);
  const Tensor features = classifier.features(digits().t), noise = rng.uniform(digits().t.shape());
  CHECK(features.shape() == Shape{500, 128});
  const double same = metrics::frechet_distance(features, features),
               near = metrics::frechet_distance(features, classifier.features(narrow(digits().x, 0, 0, 500))),
               far = metrics::frechet_distance(features, classifier.features(noise));
  CHECK(std::abs(same) < 1e-4 * near);
  CHECK(near < 0.2 * far);
  CHECK(metrics::estimate(classifier.confidence(digits().t)).mean > 0.9);
  for (const double share : metrics::class_shares(classifier.predict(digits().t), 10)) CHECK(share > 0.05);
  CHECK(classifier.parameters().front().name == "body.0.weight");
}

TEST_CASE("The same seed trains the same classifier") {
  const auto trained = [](std::uint64_t seed) {
    Rng rng(1);
    metrics::Classifier classifier(rng);
    classifier.fit([](std::span<const int> indices) { return digits().train.batch(indices); },
                   std::span(digits().train.labels).first(300), {.epochs = 1, .seed = seed});
    return classifier.probabilities(narrow(digits().t, 0, 0, 1)).at({0, 0});
  };
  CHECK(trained(3) == trained(3));
  CHECK(trained(3) != trained(4));
}

TEST_CASE("The classifier refuses what does not fit") {
  Rng rng(1);
  metrics::Classifier classifier(rng);
  const auto images = [](std::span<const int> indices) { return digits().train.batch(indices); };
  CHECK_FAILS(classifier.fit(images, std::span(digits().train.labels).first(10)), "batches of 128 from 10 labels");
  CHECK_FAILS(classifier.fit(images, std::vector<int>(200, 10), {.epochs = 1}), "10");
  CHECK_FAILS(classifier.predict(Tensor::zeros({1, 5})), "[1, 5]");
}
