#include <cmath>
#include <numbers>

#include <hourglass/metrics/frechet.h>
#include <hourglass/metrics/mmd.h>
#include <hourglass/metrics/subspace.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

// a = x[:35]; b = 1.3*x[35:] + 0.2, with x of samples.h
static Tensor left() { return sample_rows(0, 35); }
static Tensor right() { return affine(sample_rows(35, 25), 1.3, 0.2); }

TEST_CASE("The Frechet distance is the one that scipy's square root of a matrix gives") {
  // S = lambda v: np.cov(v.T)
  // ((a.mean(0)-b.mean(0))**2).sum() + np.trace(S(a) + S(b) - 2*scipy.linalg.sqrtm(S(a) @ S(b)).real)
  CHECK(metrics::frechet_distance(left(), right()) == Approx(0.8373330423565225).epsilon(1e-8));
  CHECK(metrics::frechet_distance(right(), left()) == Approx(0.8373330423565225).epsilon(1e-8));
}

TEST_CASE("The Frechet distance in closed form") {
  const Tensor x = left();
  CHECK(std::abs(metrics::frechet_distance(x, x)) < 1e-12);
  CHECK(metrics::frechet_distance(x, x + 2) == Approx(5 * 4));  // moved by 2 in each of 5 columns
  // spread by 3 about the mean: tr C (3 - 1)²;  of one column, with deviations 1 and 3 (√2 and 3√2 of two numbers)
  const Tensor one({2, 1}, {-1, 1}), three({2, 1}, {-3, 3});
  CHECK(metrics::frechet_distance(one, three) == Approx(2 * 4));
  // fewer images than features, and features that never change
  CHECK(metrics::frechet_distance(Tensor({2, 3}, {-1, 0, 5, 1, 0, 5}), Tensor({2, 3}, {-3, 0, 5, 3, 0, 5})) ==
        Approx(8));
}

TEST_CASE("Principal angles are scipy's") {
  const auto rows = [](int first, int count) { return sample_rows(first, count); };
  const double degree = std::numbers::pi / 180;
  // scipy.linalg.subspace_angles(x[:2].T, x[3:5].T), the largest first there
  const std::vector<double> angles = metrics::principal_angles(rows(0, 2), rows(3, 2));
  REQUIRE(angles.size() == 2);
  CHECK(angles[0] * degree == Approx(0.5544482357314201).epsilon(1e-10));
  CHECK(angles[1] * degree == Approx(1.041790810244324).epsilon(1e-10));
  // small angles keep their digits: subspace_angles(x[:2].T, (x[:2] + 1e-6*x[2:4]).T)
  const auto small = metrics::principal_angles(rows(0, 2), rows(0, 2) + 1e-6 * rows(2, 2));
  CHECK(small[0] * degree * 1e6 == Approx(0.18532000579128527).epsilon(1e-6));
  CHECK(small[1] * degree * 1e6 == Approx(0.9615796640391653).epsilon(1e-6));
  // a line inside of a space, and one at right angles
  const auto inside = metrics::principal_angles(rows(0, 3), rows(1, 1));
  REQUIRE(inside.size() == 1);
  CHECK(inside[0] < 1e-6);
  CHECK(metrics::principal_angles(Tensor({1, 2}, {1, 0}), Tensor({1, 2}, {0, 3}))[0] == Approx(90));
}

TEST_CASE("MMD is numpy's sum over all pairs, and near 0 for one distribution") {
  // imq = lambda u, v: 10/(10 + ((u[:,None]-v[None])**2).sum(-1)); n, m = len(a), len(b)
  // (imq(a,a).sum()-n)/(n*(n-1)) + (imq(b,b).sum()-m)/(m*(m-1)) - 2*imq(a,b).mean()
  CHECK(metrics::mmd_squared(left(), right(), 10) == Approx(0.007871357643465249).epsilon(1e-9));
  Rng rng(5);
  const double same = metrics::mmd_squared(rng.normal({400, 2}), rng.normal({400, 2}), 4),
               moved = metrics::mmd_squared(rng.normal({400, 2}), rng.normal({400, 2}, 1), 4);
  CHECK(std::abs(same) < 0.005);
  CHECK(moved > 0.05);
}

TEST_CASE("Distances between sets: what does not fit is refused") {
  const Tensor x = left();
  CHECK_FAILS(metrics::frechet_distance(x, Tensor::zeros({3, 4})), "[35, 5] against [3, 4]");
  CHECK_FAILS(metrics::frechet_distance(x, Tensor::zeros({1, 5})), "at least 2 rows");
  CHECK_FAILS(metrics::principal_angles(x, x), "more rows than columns");
  CHECK_FAILS(metrics::principal_angles(Tensor({2, 3}, {1, 2, 3, 2, 4, 6}), sample_rows(0, 1)), "[1, 5]");
  CHECK_FAILS(metrics::principal_angles(Tensor({2, 3}, {1, 2, 3, 2, 4, 6}), Tensor::full({1, 3}, 1)),
              "not independent");
  CHECK_FAILS(metrics::mmd_squared(x, x, 0), "C is 0");
  CHECK_FAILS(metrics::mmd_squared(x, Tensor::zeros({1, 5}), 1), "at least 2 rows");
  CHECK_FAILS(metrics::mmd_squared(x, Tensor({2, 5}, {1, 1, 1, 1, 1, 1, 1, std::nan(""), 1, 1}), 1),
              "mmd_squared: row 1, column ");
}
