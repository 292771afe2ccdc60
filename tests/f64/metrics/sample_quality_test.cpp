#include <hourglass/metrics/sample_quality.h>

#include <algorithm>

#include <hourglass/metrics/labels.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

// Two kinds of images of eight pixels: bright on the left, bright on the right.
Tensor images(Rng& rng, const std::vector<int>& labels) {
  Tensor x = rng.uniform({static_cast<Index>(labels.size()), 8}, 0, 0.4);
  for (Index i = 0; i < x.size(0); ++i)
    for (Index j = 0; j < 4; ++j) x.write_()[i * 8 + 4 * labels[static_cast<std::size_t>(i)] + j] += 0.6;
  return x;
}

std::vector<int> alternating(int n) {
  std::vector<int> labels(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) labels[static_cast<std::size_t>(i)] = i % 2;
  return labels;
}

metrics::Classifier::Images from(const Tensor& x) {
  return [x](std::span<const int> indices) {
    Tensor batch({static_cast<Index>(indices.size()), 8});
    for (std::size_t i = 0; i < indices.size(); ++i) std::copy_n(x.data() + indices[i] * 8, 8, batch.write_() + i * 8);
    return batch;
  };
}

}  // namespace

TEST_CASE("new draws score better than a lost class, and both better than noise") {
  Rng rng(1);
  const std::vector<int> labels = alternating(300);
  const Tensor train = images(rng, labels), test = images(rng, labels);
  metrics::SampleQuality quality(from(train), labels, 300, train, test, rng, {.epochs = 20, .learning_rate = 1e-2});
  const auto good = quality.score(images(rng, labels)), lost = quality.score(images(rng, std::vector<int>(300, 1))),
             noise = quality.score(rng.uniform({300, 8}));
  CHECK(good.frechet < lost.frechet);
  CHECK(good.frechet < noise.frechet);
  CHECK(good.precision > 0.8);
  CHECK(lost.precision > 0.8);
  CHECK(noise.precision < 0.5);
  CHECK(good.recall > 0.8);
  CHECK(lost.recall == doctest::Approx(0.5).epsilon(0.15));
  CHECK(good.confidence > 0.95);
  for (const double share : good.class_shares) CHECK(share == doctest::Approx(0.5));
  CHECK(good.classes_made() == 2);
  CHECK(lost.classes_made() == 1);
}

TEST_CASE("a class of exactly the least share is counted") {
  std::vector<int> labels(10000, 0);
  std::fill_n(labels.begin(), 100, 1);
  metrics::SampleScores scores;
  scores.class_shares = metrics::class_shares(labels, 3);
  CHECK(scores.class_shares == std::vector<double>{0.99, 0.01, 0});
  CHECK(scores.classes_made() == 2);
}

TEST_CASE("without labels samples are evaluated in random features") {
  Rng rng(2);
  const std::vector<int> labels = alternating(60);
  const Tensor train = images(rng, labels), test = images(rng, labels);
  metrics::SampleQuality quality(from(train), {}, 60, train, test, rng, {.epochs = 1});
  CHECK(quality.score(test).frechet == doctest::Approx(0).epsilon(1e-6));
  CHECK(quality.score(test).frechet < quality.score(rng.uniform({60, 8})).frechet);
  CHECK(quality.score(test).confidence == 1);
  CHECK(quality.score(test).classes_made() == 1);
}

TEST_CASE("three images suffice") {
  Rng rng(3);
  const Tensor x = images(rng, {0, 1, 0});
  metrics::SampleQuality quality(from(x), {0, 1, 0}, 3, x, x, rng, {.epochs = 1});
  CHECK(quality.score(x).precision == 1);
  CHECK(quality.score(x).recall == 1);
}
