#include <cmath>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Tensor first_component(const Tensor& C, const Tensor& start, int steps);
double variance_along(const Tensor& C, const Tensor& w);
Tensor without(const Tensor& C, const Tensor& w);

namespace {

// A covariance matrix [d, d] with the variances 9, 4, 1, 0.01, … along random orthonormal directions.
Tensor covariance(Index d) {
  const Tensor axes = svd(Rng(1).normal({d, d})).vt;
  Tensor roots({d, 1});
  for (Index i = 0; i < d; ++i) roots.write_()[i] = i < 3 ? 3 - static_cast<Scalar>(i) : Scalar(0.1);
  const Tensor scaled = axes * roots;
  return matmul(scaled, scaled, Transpose::yes, Transpose::no);
}

double inner(const Tensor& a, const Tensor& b) { return sum(a * b).item(); }

Tensor eigenvector(const Tensor& C, Index i) {
  return narrow(eigen_symmetric(C).vectors, 0, i, 1).reshape({C.size(0)});
}

}  // namespace

TEST_CASE("one step and two steps from (1, 1), worked out by hand") {
  const Tensor C({2, 2}, {2, 0, 0, 1}), start({2}, {1, 1});
  expect_close("first_component of diag(2, 1), 1 step: (2, 1) / √5", first_component(C, start, 1),
               Tensor({2}, {2 / std::sqrt(5.0), 1 / std::sqrt(5.0)}));
  expect_close("2 steps: (4, 1) / √17", first_component(C, start, 2),
               Tensor({2}, {4 / std::sqrt(17.0), 1 / std::sqrt(17.0)}));
}

TEST_CASE("after many steps it is the first eigenvector that LAPACK computes, of length 1") {
  const Tensor C = covariance(8), w = first_component(C, Rng(2).normal({8}), 60);
  expect_close("its length", inner(w, w), 1);
  expect_close("|cos| of its angle to the eigenvector", std::abs(inner(w, eigenvector(C, 0))), 1);
}

TEST_CASE("the variance depends on the direction of w, not on its length") {
  const Tensor C = covariance(6), w = eigenvector(C, 0);
  expect_close("variance_along the first eigenvector", variance_along(C, w), 9);
  expect_close("along a vector three times as long", variance_along(C, 3 * w), 9);
  expect_close("along the second eigenvector", variance_along(C, eigenvector(C, 1)), 4);
}

TEST_CASE("after deflation the second component is found first") {
  const Tensor C = covariance(7), w = eigenvector(C, 0), rest = without(C, w);
  expect_close("the variance that remains along the first", variance_along(rest, w), 0);
  const Tensor second = first_component(rest, Rng(3).normal({7}), 60);
  expect_close("|cos| of the angle to the second eigenvector", std::abs(inner(second, eigenvector(C, 1))), 1);
  expect_close("the variance along it", variance_along(rest, second), 4);
}
