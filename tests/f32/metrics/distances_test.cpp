#include <hourglass/tensor/distances.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <hourglass/autograd/backward.h>
#include <hourglass/metrics/manifold.h>
#include <hourglass/metrics/mmd.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/silhouette.h>
#include <hourglass/models/gaussian_mixture.h>
#include <hourglass/models/revival.h>
#include <hourglass/models/vector_quantized.h>
#include <hourglass/models/wasserstein_autoencoder.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;
using doctest::Approx;

namespace {

// Σ (a - b)², number by number.
double plainly(const Tensor& a, Index i, const Tensor& b, Index j) {
  double sum = 0;
  for (Index c = 0; c < a.size(1); ++c) sum += std::pow(double(a.at({i, c})) - double(b.at({j, c})), 2);
  return sum;
}

// Every distance, and the order of the k nearest, against plain sums.
void check_against_sums(const Tensor& a, const Tensor& b, Index k) {
  double worst = 0;
  std::vector<double> rows(static_cast<std::size_t>(a.size(0) * b.size(0)));
  each_distance_row(a, b, "test",
                    [&](Index i, const double* row) { std::copy_n(row, b.size(0), rows.begin() + i * b.size(0)); });
  const NearestRows found = nearest_rows(a, b, k, "test");
  for (Index i = 0; i < a.size(0); ++i) {
    std::vector<std::pair<double, int>> all;
    for (Index j = 0; j < b.size(0); ++j) {
      all.emplace_back(plainly(a, i, b, j), static_cast<int>(j));
      const double off = std::abs(rows[static_cast<std::size_t>(i * b.size(0) + j)] - all.back().first);
      if (off != 0) worst = std::max(worst, off / all.back().first);
    }
    std::sort(all.begin(), all.end());
    for (Index j = 0; j < k; ++j) {
      const auto at = static_cast<std::size_t>(i * k + j);
      REQUIRE(found.distances[at] == Approx(all[static_cast<std::size_t>(j)].first).epsilon(1e-12));
      REQUIRE(plainly(a, i, b, found.indices[at]) == Approx(all[static_cast<std::size_t>(j)].first).epsilon(1e-12));
    }
  }
  CHECK(worst <= distance_error);
}

// Clusters of rows 0.01 wide: row i about the place `centres[i % …]` in every column.
Tensor clusters(Index n, Index d, const std::vector<double>& centres, std::uint64_t seed) {
  Tensor x = Rng(seed).normal({n, d}, 0, Scalar(0.01));
  for (Index i = 0; i < n * d; ++i)
    x.write_()[i] += static_cast<Scalar>(centres[static_cast<std::size_t>(i / d) % centres.size()]);
  return x;
}

Tensor times(const Tensor& x, double factor) { return static_cast<Scalar>(factor) * x; }

}  // namespace

TEST_CASE(
    "Two groups 0.1 apart, 1000 away from the origin: neighbours are of a row's own group, doubles at distance 0") {
  constexpr Index n = 200, d = 8;
  Rng rng(1);
  Tensor x = rng.normal({n, d}, 0, Scalar(0.01));
  std::vector<int> labels;
  for (Index i = 0; i < n; ++i) {
    labels.push_back(static_cast<int>(i % 2));
    for (Index j = 0; j < d; ++j) x.write_()[i * d + j] += static_cast<Scalar>(1000 + 0.1 * double(i % 2));
  }
  const auto self = metrics::nearest(x, x, 1);
  CHECK(std::ranges::count(self.distances, 0.0) == n);
  CHECK(metrics::neighbor_accuracy(metrics::nearest_others(x, 1), labels, labels) == 1);
}

TEST_CASE("Distances keep their digits wherever the rows lie, and whatever their scale") {
  const Tensor ordinary = Rng(3).normal({40, 20});
  SUBCASE("about the origin") { check_against_sums(ordinary, Rng(4).normal({50, 20}), 7); }
  SUBCASE("1,000 away") { check_against_sums(clusters(40, 8, {1000}, 1), clusters(50, 8, {1000, 1000.1}, 2), 5); }
  SUBCASE("far apart from each other, both ways") {
    check_against_sums(clusters(40, 8, {1000, -1000, 1e5}, 1), clusters(50, 8, {-1000, 1e5, 1000, 0}, 2), 5);
  }
  SUBCASE("queries far from the base") { check_against_sums(clusters(40, 8, {1e6}, 1), clusters(50, 8, {0}, 2), 5); }
  SUBCASE("1e20: their squares are beyond float") {
    check_against_sums(times(ordinary, 1e20), times(ordinary, 1e20), 3);
  }
  SUBCASE("the largest numbers") {
    const Scalar most = std::numeric_limits<Scalar>::max() / 8;
    check_against_sums(times(ordinary, double(most)), times(Rng(4).normal({50, 20}), double(most)), 3);
  }
  SUBCASE("1e-30: their squares are below float") {
    check_against_sums(times(ordinary, 1e-30), times(ordinary, 1e-30), 3);
  }
  SUBCASE("1e-30 beside 1") {
    Tensor x = times(ordinary, 1e-30);
    x.write_()[0] = 1;
    check_against_sums(x, x, 3);
  }
  SUBCASE("rows of equal numbers, whose roundings add up") {
    Tensor x({60, 784});
    const Tensor each = Rng(7).uniform({60, 1});
    for (Index i = 0; i < x.numel(); ++i) x.write_()[i] = each.data()[i / 784];
    check_against_sums(x, x, 5);
  }
  SUBCASE("many columns") { check_against_sums(Rng(5).uniform({30, 784}), Rng(6).uniform({30, 784}), 3); }
}

TEST_CASE("Ties go to the earlier row wherever they lie") {
  Tensor base({6, 2}, {1, 0, -1, 0, 0, 1, 0, -1, 1, 0, 2, 0}), query({1, 2}, {0, 0});
  for (Tensor* x : {&base, &query}) *x = *x + Scalar(4096);
  CHECK(metrics::nearest(query, base, 5).indices == std::vector{0, 1, 2, 3, 4});
}

TEST_CASE("What is not finite is refused by row and column, in whichever matrix it stands") {
  const Tensor x = Rng(1).normal({4, 3});
  for (const Scalar bad : {std::numeric_limits<Scalar>::quiet_NaN(), std::numeric_limits<Scalar>::infinity(),
                           -std::numeric_limits<Scalar>::infinity()}) {
    Tensor broken = x.clone();
    broken.write_()[7] = bad;
    CHECK_FAILS(metrics::nearest(x, broken, 1), "nearest: row 2, column 1 of [4, 3] is");
    CHECK_FAILS(metrics::nearest_others(broken, 1), "nearest: row 2, column 1 of [4, 3] is");
    CHECK_FAILS(metrics::mmd_squared(broken, x, 1), "mmd_squared: row 2, column 1 of [4, 3] is");
    CHECK_FAILS(metrics::Manifold(broken, 1), "row 2, column 1 of [4, 3] is");
    CHECK_FAILS(models::squared_mmd(broken, x), "squared_mmd: row 2, column 1 of [4, 3] is");
  }
}

TEST_CASE("What is no matrix, and a number of neighbours that there are not, are refused") {
  const Tensor x = Rng(1).normal({4, 3});
  CHECK_FAILS(squared_norms(Tensor({2, 3, 4})), "squared_norms: [2, 3, 4] is not a matrix [n, d]");
  for (const Index k : {0, 5})
    CHECK_FAILS(nearest_rows(x, x, k, "nearest", false), " neighbours among 4, expected 1 to 4");
}

TEST_CASE("The edge of a manifold's reach is inside of it, far from the origin too") {
  for (const double far : {0.0, 1000.0}) {  // numbers 0.25 apart: each reaches to the next ones
    Tensor x({8, 3}), outside({2, 3});
    for (Index i = 0; i < x.numel(); ++i)
      x.write_()[i] = static_cast<Scalar>(far + (i % 3 == 0 ? 0.25 * double(i / 3) : 0));
    for (Index i = 0; i < outside.numel(); ++i)
      outside.write_()[i] = static_cast<Scalar>(far + (i % 3 ? 0 : 2 + 0.25 * double(i / 3)));
    const std::vector<bool> found = metrics::Manifold(x, 1).contains(outside);
    CHECK((found[0] && !found[1]));
  }
}

TEST_CASE("A silhouette does not depend on the position, the scale or the names of the classes") {
  const Tensor x = clusters(60, 4, {0, 0.02, 0.05}, 5);
  std::vector<int> labels, distant;
  for (int i = 0; i < 60; ++i) {
    labels.push_back(i % 3);
    distant.push_back(i % 3 * 1000000000);
  }
  const double here = metrics::silhouette(x, labels).mean;
  CHECK(metrics::silhouette(x + 100, labels).mean == Approx(here).epsilon(2e-3));  // x is rounded
  CHECK(metrics::silhouette(times(x, 0x1p80), labels).mean == Approx(here).epsilon(1e-5));
  CHECK(metrics::silhouette(times(x, 0x1p-80), labels).mean == Approx(here).epsilon(1e-5));
  CHECK(metrics::silhouette(x, distant).mean == here);
}

TEST_CASE("A code book chooses the nearest entry wherever the codes lie") {
  Rng rng(2);
  models::VectorQuantized model({.input = 8, .hidden = 4, .parts = 1, .width = 8, .entries = 50}, rng);
  for (const nn::Parameter& p : model.parameters())
    if (p.name.starts_with("encoder")) {  // an encoder that returns its input, 1,000 further on
      Tensor value = p.variable.value();
      value.fill_(0);
    }
  const Tensor book = clusters(50, 8, {1000}, 3), x = clusters(64, 8, {1000}, 4);
  std::copy_n(book.data(), book.numel(), Tensor(model.codebook.value()).write_());
  const auto nearest = nearest_rows(x, book, 1, "test").indices;
  for (Index i = 0; i < 64; ++i) {  // the last bias is the code
    for (const nn::Parameter& p : model.parameters())
      if (p.name == "encoder.1.bias" || p.name == "encoder.2.bias")
        if (p.variable.numel() == 8) std::copy_n(x.data() + i * 8, 8, Tensor(p.variable.value()).write_());
    CHECK(model.indices(Tensor::zeros({1, 8}))[0] == nearest[static_cast<std::size_t>(i)]);
  }
}

TEST_CASE("MMD² and its gradient keep their digits far from the origin, as a metric and as a loss") {
  const Tensor a = 1 * Rng(1).normal({20, 3}), b = Rng(2).normal({30, 3}, Scalar(0.5), 1);
  const auto loss = [](const Tensor& u, const Tensor& v, Tensor& gradient) {
    const Variable x = Variable::parameter(u.clone());
    const Variable value = models::squared_mmd(x, v);
    backward(value);
    gradient = x.grad();
    return double(value.item());
  };
  Tensor near, far;
  const double here = loss(a, b, near);
  Tensor a_far = a + 4096, b_far = b + 4096;  // rounded to 2^-11
  const Tensor a_back = a_far - 4096, b_back = b_far - 4096;
  const double there = loss(a_far, b_far, far), back = loss(a_back, b_back, near);
  CHECK(there == Approx(back).epsilon(1e-4));
  CHECK(there == Approx(here).epsilon(1e-2));
  for (Index i = 0; i < near.numel(); ++i) CHECK(double(far.data()[i]) == Approx(double(near.data()[i])).epsilon(1e-3));
  CHECK(metrics::mmd_squared(a_far, b_far, 6) == Approx(metrics::mmd_squared(a_back, b_back, 6)).epsilon(1e-4));
  const Tensor split = clusters(20, 3, {3000, -3000}, 1), other = clusters(20, 3, {3000, -3000}, 2);
  // k = 1 within a place, 0 from one to the other: 9 of 19 others of a sample are near, 10 of 20 of the other sample
  CHECK(loss(split, other, near) == Approx(7 * (2 * 9.0 / 19 - 2 * 10.0 / 20)).epsilon(2e-3));
}

TEST_CASE("A mixture of Gaussians has the same density far from the origin") {
  const Tensor far = clusters(200, 3, {4096, 4096.125}, 7), near = far - 4096;
  Rng one(3), two(3);
  const models::GaussianMixture here(near, {.components = 2, .floor = 1e-10}, one),
      there(far, {.components = 2, .floor = 1e-10}, two);
  const Tensor expected = here.log_density(near), found = there.log_density(far);
  for (Index i = 0; i < 200; ++i) REQUIRE(double(found.data()[i]) == Approx(double(expected.data()[i])).epsilon(1e-3));
  for (Index j = 0; j < 3; ++j)
    CHECK(there.means.at({0, j}) == Approx(4096 + double(here.means.at({0, j}))).epsilon(1e-7));
  Tensor broken = near.clone();
  broken.write_()[4] = std::numeric_limits<Scalar>::quiet_NaN();
  Rng rng(1);
  CHECK_FAILS(models::GaussianMixture(broken, {.components = 2}, rng),
              "GaussianMixture: row 1, column 1 of [200, 3] is nan");
  CHECK_FAILS(here.log_density(broken), "GaussianMixture: row 1, column 1 of [200, 3] is nan");
}

TEST_CASE("Units are revived by errors of any scale, and not by NaN") {
  for (const double scale : {1.0, 1e-25, 1e25}) {
    Rng rng(1);
    const nn::Linear encoder(4, 3, Activation::none, rng), decoder(3, 4, Activation::none, rng);
    models::Revival revival(3, 1);
    for (int i = 0; i < 2; ++i) revival.watch(Tensor({1, 3}, {1, 0, 1}));
    const Tensor x = times(Rng(2).normal({6, 4}), scale), r = Tensor::zeros({6, 4});
    Tensor broken = r.clone();
    broken.write_()[5] = std::numeric_limits<Scalar>::quiet_NaN();
    CHECK_FAILS(revival.revive(encoder, decoder, x, broken, rng), "Revival: errors: row 1, column 1 of [6, 4] is nan");
    CHECK(revival.revive(encoder, decoder, x, r, rng) == 1);
    double length = 0;
    for (Index i = 0; i < 4; ++i) length += std::pow(double(decoder.weight.value().at({i, 1})), 2);
    CHECK(length == Approx(1));
  }
}
