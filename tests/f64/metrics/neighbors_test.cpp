#include <hourglass/metrics/neighbors.h>

#include <limits>

#include <hourglass/metrics/hamming.h>
#include <hourglass/metrics/silhouette.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

// The numbers are scikit-learn 1.9's on the rows of samples.h, the first 40 being the base, the last 20 the queries.

TEST_CASE("The nearest rows, their votes and their precision are scikit-learn's") {
  const Tensor base = sample_rows(0, 40), queries = sample_rows(40, 20);
  const std::vector<int> base_labels = sample_labels(0, 40), labels = sample_labels(40, 20);
  // NearestNeighbors(n_neighbors=5).fit(base).kneighbors(queries); KNeighborsClassifier(k).fit(…).score(…)
  const metrics::Neighbors found = metrics::nearest(queries, base, 5);
  const std::vector<int> places(found.of(0).begin(), found.of(0).end());
  CHECK(places == std::vector{18, 21, 14, 32, 20});
  CHECK(found.distances[0] == Approx(1.81134155).epsilon(1e-8));
  CHECK(found.distances[4] == Approx(3.61948097).epsilon(1e-8));
  CHECK(found.first(2).indices == metrics::nearest(queries, base, 2).indices);
  CHECK(metrics::neighbor_accuracy(metrics::nearest(queries, base, 1), labels, base_labels) == Approx(0.15));
  CHECK(metrics::precision_at_k(found, labels, base_labels) == Approx(0.22));
  CHECK(metrics::recall_at_k(found, labels, base_labels) == Approx(0.08241758241758242));
}

TEST_CASE("Leaving one out, a row is not its own neighbour") {
  const Tensor x = sample_rows(0, 60);
  const std::vector<int> labels = sample_labels(0, 60);
  const metrics::Neighbors found = metrics::nearest_others(x, 3);
  CHECK(metrics::precision_at_k(found, labels, labels) == Approx(0.26666666666666666));
  CHECK(metrics::recall_at_k(found, labels, labels, true) == Approx(0.042105263157894736));
}

TEST_CASE("A vote goes to the commonest label, a tie to the nearest") {
  const Tensor base({5, 1}, {1, 2, 3, 4, 5}), query({1, 1}, {0});
  const std::vector<int> labels{7, 8, 8, 7, 9};
  const auto vote = [&](Index k, int label) {
    return metrics::neighbor_accuracy(metrics::nearest(query, base, k), std::vector{label}, labels);
  };
  CHECK(vote(1, 7) == 1);
  CHECK(vote(3, 8) == 1);
  CHECK(vote(4, 7) == 1);  // two each; 7 is nearer
  CHECK(vote(4, 8) == 0);
}

TEST_CASE("Of equally near rows the earlier comes first") {
  const Tensor base({4, 1}, {1, -1, 1, -1}), query({1, 1}, {0});
  CHECK(metrics::nearest(query, base, 3).indices == std::vector{0, 1, 2});
}

TEST_CASE("More distances than fit in one block, the last block being shorter") {
  const int m = 700000;  // so that a block holds 23 queries
  Tensor base({m, 1}), queries({30, 1});
  std::vector<int> nearest;
  for (int i = 0; i < m; ++i) base.write_()[i] = i;
  for (int i = 0; i < 30; ++i) {
    nearest.push_back(20000 * i + 7);
    queries.write_()[i] = 20000 * i + 7.25;
  }
  const metrics::Neighbors found = metrics::nearest(queries, base, 1);
  CHECK(found.indices == nearest);
  CHECK(found.distances[29] == Approx(0.0625).epsilon(1e-3));  // the difference of squares of 580007
}

TEST_CASE("A row with a number that is not finite is near nothing: it is refused") {
  const Tensor x = sample_rows(0, 6);
  Tensor broken = sample_rows(6, 4);
  for (const Scalar bad : {std::numeric_limits<Scalar>::quiet_NaN(), std::numeric_limits<Scalar>::infinity()}) {
    broken.write_()[2 * 5 + 1] = bad;
    CHECK_FAILS(metrics::nearest(broken, x, 1), "nearest: row 2, column 1 of [4, 5] is");
    CHECK_FAILS(metrics::nearest(x, broken, 1), "nearest: row 2, column 1 of [4, 5] is");
  }
}

TEST_CASE("Packed codes are found by the bits in which they differ") {
  const metrics::BinaryCodes base(sample_rows(0, 40), 0), queries(sample_rows(40, 20), 0);
  // distances = scipy.spatial.distance.cdist(queries > 0, base > 0, 'hamming') * 5; a stable argsort
  const metrics::Neighbors found = metrics::nearest(queries, base, 5);
  CHECK(std::vector<int>(found.of(0).begin(), found.of(0).end()) == std::vector{3, 7, 10, 13, 16});
  CHECK(found.distances[0] == 1);
  CHECK(metrics::precision_at_k(found, sample_labels(40, 20), sample_labels(0, 40)) == Approx(0.27));
}

TEST_CASE("Codes of more than one word keep all their bits") {
  Tensor h({2, 130});
  h.fill_(0);
  h.write_()[129] = 1, h.write_()[63] = 1, h.write_()[64] = 1, h.write_()[130 + 70] = 1;
  const metrics::BinaryCodes codes(h, Scalar(0.5));
  CHECK(codes.words_per_code() == 3);
  CHECK((codes.bit(0, 63) && codes.bit(0, 64) && codes.bit(0, 129) && !codes.bit(0, 128) && !codes.bit(1, 129)));
  CHECK((codes.bit(1, 70) && !codes.bit(0, 70)));
  CHECK(metrics::nearest(codes, codes, 2).distances == std::vector<Scalar>{0, 4, 0, 4});
}

TEST_CASE("Medians halve each bit") {
  const Tensor h({4, 2}, {1, 9, 4, 7, 3, 5, 2, 1});
  CHECK(metrics::medians(h).at({0}) == 2.5);
  CHECK(metrics::medians(h).at({1}) == 6);
  CHECK(metrics::medians(Tensor({3, 1}, {5, 1, 3})).at({0}) == 3);
}

TEST_CASE("The silhouette is scikit-learn's, and its extremes are known") {
  // silhouette_score(x, y); silhouette_samples(x, y).std(ddof=1) / 60**0.5
  const metrics::Estimate s = metrics::silhouette(sample_rows(0, 60), sample_labels(0, 60));
  CHECK(s.mean == Approx(0.00903307757827918).epsilon(1e-9));
  CHECK(s.standard_error == Approx(0.01570953046346437).epsilon(1e-9));
  const Tensor apart({4, 1}, {0, 0, 5, 5}), alone({3, 1}, {0, 0, 5});
  CHECK(metrics::silhouette(apart, std::vector{0, 0, 1, 1}).mean == Approx(1));
  CHECK(metrics::silhouette(alone, std::vector{0, 0, 1}).mean == Approx(2.0 / 3));  // a class of one counts 0
}

TEST_CASE("Neighbours: what does not fit is refused") {
  const Tensor x = sample_rows(0, 6);
  const std::vector<int> labels = sample_labels(0, 6);
  CHECK_FAILS(metrics::nearest(x, x, 7), "7 neighbours among 6");
  CHECK_FAILS(metrics::nearest(x, x, 2).first(3), "the first 3 of 2");
  CHECK_FAILS(metrics::nearest(x, x, 2).of(6), "query 6 of 6");
  CHECK_FAILS(metrics::BinaryCodes(x, 0).bit(0, 5), "bit 5 of code 0 among 6 codes of 5 bits");
  CHECK_FAILS(metrics::nearest_others(x, 6), "6 neighbours among 5");
  CHECK_FAILS(metrics::nearest(x, Tensor::zeros({3, 4}), 1), "[6, 5] against [3, 4]");
  CHECK_FAILS(metrics::neighbor_accuracy(metrics::nearest(x, x, 1), std::vector{1}, labels), "1 labels for 6 queries");
  CHECK_FAILS(metrics::precision_at_k(metrics::nearest(x, x, 2), labels, std::vector{0, 1}), "with 2 labels");
  CHECK_FAILS(metrics::silhouette(x, std::vector{1, 1, 1, 1, 1, 1}), "at least two classes");
  CHECK_FAILS(metrics::silhouette(x, std::vector{1}), "1 labels for [6, 5]");
  CHECK_FAILS(metrics::BinaryCodes(x, Tensor::zeros({4})), "[4] thresholds");
  CHECK_FAILS(metrics::nearest(metrics::BinaryCodes(x, 0), metrics::BinaryCodes(Tensor::zeros({2, 4}), 0), 1),
              "5 bits against codes of 4");
}
