#include <hourglass/metrics/probe.h>

#include <hourglass/metrics/labels.h>
#include <hourglass/metrics/pairwise_svm.h>
#include <hourglass/metrics/svm.h>
#include <hourglass/nn/labels.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

// The numbers are scikit-learn 1.9's on the rows of samples.h: the first 40 to train on, the last 20 to test.

TEST_CASE("The logistic probe finds scikit-learn's optimum") {
  const Tensor x = sample_rows(0, 40), test = sample_rows(40, 20);
  const std::vector<int> labels = sample_labels(0, 40), test_labels = sample_labels(40, 20);
  const metrics::LogisticProbe probe(x, labels, 3, {.l2 = 0.01, .learning_rate = 0.1, .epochs = 2000, .batch = 40});
  // z = StandardScaler().fit(x); m = LogisticRegression(C=1/(0.01*40), tol=1e-10, max_iter=10000).fit(z.transform(x),
  // y)
  const auto cross_entropy = [&](const Tensor& rows, const std::vector<int>& of) {
    return nn::cross_entropy(probe.log_probabilities(rows), of).value.item();
  };
  CHECK(cross_entropy(x, labels) == Approx(0.4369249099812782).epsilon(1e-4));
  CHECK(cross_entropy(test, test_labels) == Approx(1.7539937004965267).epsilon(1e-4));
  CHECK(probe.weight.value().at({0, 0}) == Approx(0.61160256).epsilon(1e-3));  // m.coef_[0][:2]
  CHECK(probe.weight.value().at({0, 1}) == Approx(-1.49010128).epsilon(1e-3));
  CHECK(probe.accuracy(x, labels) == Approx(0.75));
  CHECK(probe.accuracy(test, test_labels) == Approx(0.3));
}

TEST_CASE("The same seed gives the same probe, another seed another order") {
  const Tensor x = sample_rows(0, 40);
  const std::vector<int> labels = sample_labels(0, 40);
  const auto weight = [&](std::uint64_t seed) {
    return metrics::LogisticProbe(x, labels, 3, {.epochs = 2, .batch = 7, .seed = seed}).weight.value().at({0, 1});
  };
  CHECK(weight(3) == weight(3));
  CHECK(weight(3) != weight(4));
}

TEST_CASE("A column that never changes is only moved") {
  const metrics::Standardizer s(Tensor({3, 2}, {1, 5, 2, 5, 3, 5}));
  const Tensor z = s.apply(Tensor({1, 2}, {4, 6}));
  CHECK(z.at({0, 0}) == Approx(2 / std::sqrt(2.0 / 3)));
  CHECK(z.at({0, 1}) == 1);
  // the mean of ten times 0.1 is off by a rounding
  CHECK(metrics::Standardizer(Tensor::full({10, 1}, 0.1)).deviation.item() == 1);
}

TEST_CASE("The support vector machine is LinearSVC's, of both kinds") {
  const metrics::SparseRows x(sample_rows(0, 40)), test(sample_rows(40, 20));
  const std::vector<int> labels = sample_labels(0, 40), test_labels = sample_labels(40, 20);
  // LinearSVC(C=1, tol=1e-8, max_iter=1000000, loss='squared_hinge', dual=True): coef_[0][:2], intercept_[0]
  const metrics::LinearSvm svm(x, labels, {.C = 1, .tolerance = 1e-6});
  CHECK(svm.weights[0] == Approx(0.49037763).epsilon(1e-4));
  CHECK(svm.weights[3] == Approx(-0.78638093).epsilon(1e-4));
  CHECK(svm.weights[15] == Approx(-0.31534827).epsilon(1e-4));
  CHECK(svm.accuracy(x, labels) == Approx(0.775));
  CHECK(svm.accuracy(test, test_labels) == Approx(0.3));
  // the same with multi_class='crammer_singer'
  const metrics::LinearSvm both(x, labels, {.kind = metrics::SvmKind::crammer_singer, .tolerance = 1e-6});
  CHECK(both.weights[3] == Approx(-0.958945289).epsilon(1e-4));
  CHECK(both.accuracy(x, labels) == Approx(0.825));
  CHECK(both.accuracy(test, test_labels) == Approx(0.35));
}

TEST_CASE("A machine for each pair votes as scikit-learn's do") {
  const metrics::SparseRows x(sample_rows(0, 40)), test(sample_rows(40, 20));
  const std::vector<int> labels = sample_labels(0, 40), test_labels = sample_labels(40, 20);
  // m = OneVsOneClassifier(LinearSVC(C=1, tol=1e-8, max_iter=1000000)): m.estimators_[2].coef_[0][:2]
  const metrics::PairwiseSvm svm(x, labels, {.C = 1, .tolerance = 1e-6});
  const metrics::LinearSvm& last = svm.pairs[2];
  REQUIRE(last.classes == std::vector{1, 2});
  CHECK(last.weights[1] == Approx(0.05918863).epsilon(1e-4));
  CHECK(last.weights[3] == Approx(-1.2310505).epsilon(1e-4));
  // the sixth test row is a tie of three, which must not go to the first class of another order either
  const std::vector<int> predicted = {2, 1, 0, 2, 1, 0, 2, 1, 2, 0, 1, 2, 0, 2, 1, 0, 2, 1, 0, 2};
  CHECK(svm.predict(test) == predicted);
  const auto turned = [](std::vector<int> of) {
    for (int& label : of) label = 2 - label;
    return of;
  };
  CHECK(metrics::PairwiseSvm(x, turned(labels), {.C = 1, .tolerance = 1e-6}).predict(test) == turned(predicted));
  CHECK(svm.accuracy(x, labels) == Approx(0.8));
  CHECK(svm.accuracy(test, test_labels) == Approx(0.25));
}

TEST_CASE("Pairs of classes do not depend on the order or the size of the labels") {
  const metrics::SparseRows x(Tensor({6, 2}, {0, 5, 0, 6, 5, 0, 6, 0, -5, -5, -6, -6}));
  for (const auto& labels : {std::vector{9, 9, -1, -1, 4, 4}, std::vector{4, 4, 9, 9, -1, -1}})
    CHECK(metrics::PairwiseSvm(x, labels, {.C = 10}).predict(x) == labels);
}

TEST_CASE("Two classes are separated as well") {
  const metrics::SparseRows x(Tensor({4, 1}, {-2, -1, 1, 2}));
  for (const auto& labels : {std::vector{3, 3, 8, 8}, std::vector{8, 8, 3, 3}})
    CHECK(metrics::LinearSvm(x, labels, {.C = 10}).predict(x) == labels);
}

TEST_CASE("Sparse rows keep what is not 0") {
  metrics::SparseRows rows;
  rows.add(Tensor({2, 3}, {0, 5, 0, 0, 0, 0}));
  rows.add(Tensor({1, 3}, {1, 0, 2}));
  CHECK(rows.count() == 3);
  CHECK(rows.nonzeros() == 3);
  CHECK(rows.begin(0)->column == 1);
  CHECK(rows.begin(1) == rows.end(1));
  CHECK(rows.begin(2)[1].value == 2);
  CHECK_FAILS(rows.add(Tensor::zeros({1, 4})), "[1, 4] after rows of 3");
  metrics::SparseRows some;
  some.add(rows, 2);
  some.add(rows, 0);
  CHECK(some.count() == 2);
  CHECK(some.columns() == 3);
  CHECK(some.begin(0)[1].value == 2);
  CHECK(some.begin(1)->value == 5);
  CHECK_FAILS(some.add(rows, 3), "row 3 of 3");
  CHECK_FAILS(some.add(some, 0), "to themselves");
  CHECK_FAILS(some.add(metrics::SparseRows(Tensor::zeros({1, 4})), 0), "4 columns after rows of 3");
}

TEST_CASE("Class shares count every label") {
  CHECK(metrics::class_shares(std::vector{0, 2, 2, 2}, 4) == std::vector<double>{0.25, 0, 0.75, 0});
  CHECK_FAILS(metrics::class_shares(std::vector{4}, 4), "label 4 of 4 classes");
}

TEST_CASE("Probes: what does not fit is refused") {
  const Tensor x = sample_rows(0, 4);
  const metrics::SparseRows rows(x);
  CHECK_FAILS(metrics::LogisticProbe(x, std::vector{0, 1}, 2), "2 labels of 2 classes for features [4, 5]");
  CHECK_FAILS(metrics::LogisticProbe(x, std::vector{0, 1, 2, 3}, 3), "3");
  CHECK_FAILS(metrics::LinearSvm(rows, std::vector{0, 1}), "2 labels for 4 rows");
  CHECK_FAILS(metrics::LinearSvm(rows, std::vector{1, 1, 1, 1}), "at least two classes");
  CHECK_FAILS(metrics::LinearSvm(rows, std::vector{0, 1, 1, 0}, {.C = 0}), "above 0");
  CHECK_FAILS(metrics::LinearSvm(rows, std::vector{0, 1, 1, 0}).predict(metrics::SparseRows(Tensor::zeros({1, 4}))),
              "rows of 4 columns, trained on 5");
  CHECK_FAILS(metrics::PairwiseSvm(rows, std::vector{0, 1}), "2 labels of 2 classes for 4 rows");
  CHECK_FAILS(metrics::PairwiseSvm(rows, std::vector{1, 1, 1, 1}), "4 labels of 1 classes");
  CHECK_FAILS(metrics::share_equal(std::vector{1}, std::vector{1, 2}), "1 labels against 2");
}
