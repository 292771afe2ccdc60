#include <doctest/doctest.h>

#include <cmath>

#include <hourglass/tensor/random.h>
#include "lessons/19_from_loops_to_blas/vector_product.h"

using namespace hourglass;

namespace {

Tensor multiply(const Vectors& vectors, const Tensor& a, const Tensor& b) {
  Tensor y = Tensor::full({a.size(0), b.size(1)}, std::nanf(""));  // every number must be written
  vectors.product({a.size(0), b.size(1), a.size(1), a.data(), b.data(), y.write_()});
  return y;
}

// max |y - a b| over the sum of the terms' magnitudes, in doubles.
double error(const Tensor& y, const Tensor& a, const Tensor& b) {
  double worst = 0;
  for (Index i = 0; i < y.size(0); ++i)
    for (Index j = 0; j < y.size(1); ++j) {
      double sum = 0, magnitude = 1e-30;
      for (Index l = 0; l < a.size(1); ++l) {
        const double term = double(a.at({i, l})) * double(b.at({l, j}));
        sum += term;
        magnitude += std::abs(term);
      }
      const double off = std::abs(double(y.at({i, j})) - sum) / magnitude;
      worst = std::isnan(off) ? 1e9 : std::max(worst, off);
    }
  return worst;
}

}  // namespace

TEST_CASE("a product in vectors is the product, whatever the sides and the kind of vectors") {
  struct Sides {
    Index m, k, n;
  };
  Rng rng(1);
  for (const Vectors& vectors : kinds_of_vectors())
    for (const Sides s : {Sides{1, 1, 1}, {2, 3, 5}, {12, 256, 32}, {13, 257, 33}, {97, 300, 31}, {7, 600, 100}}) {
      const Tensor a = rng.normal({s.m, s.k}), b = rng.normal({s.k, s.n});
      INFO(vectors.name, ", ", s.m, " x ", s.k, " x ", s.n);
      CHECK(error(multiply(vectors, a, b), a, b) < 2e-6);
    }
}

TEST_CASE("a product in vectors keeps NaN and infinity in their rows and columns") {
  Rng rng(2);
  Tensor a = rng.normal({9, 20});
  const Tensor b = rng.normal({20, 35});
  a.at_({3, 7}) = std::nanf("");
  a.at_({8, 0}) = HUGE_VALF;
  for (const Vectors& vectors : kinds_of_vectors()) {
    const Tensor y = multiply(vectors, a, b);
    for (Index i = 0; i < 9; ++i)
      for (Index j = 0; j < 35; ++j) {
        CHECK(std::isnan(y.at({i, j})) == (i == 3));
        CHECK(std::isinf(y.at({i, j})) == (i == 8));
      }
  }
}

TEST_CASE("what is computed in registers alone counts its operations") {
  for (const Vectors& vectors : kinds_of_vectors()) {
    Scalar one = 0, more = 0;
    CHECK(vectors.compute(10, &more) == 10 * vectors.compute(1, &one));
    CHECK(one == 12);                                            // x = 0 · ½ + 1, twelve times
    CHECK(more == doctest::Approx(12 * (2 - std::pow(2, -9))));  // the sum of a geometric series
  }
}
