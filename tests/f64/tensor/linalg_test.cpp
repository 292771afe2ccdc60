#include <hourglass/tensor/linalg.h>

#include <algorithm>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include <hourglass/tensor/reduce.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

double largest_difference(const Tensor& a, const Tensor& b) {
  const Tensor d = abs(a - b);
  return *std::max_element(d.values().begin(), d.values().end());
}

Tensor identity(Index n) {
  Tensor i = Tensor::zeros({n, n});
  for (Index k = 0; k < n; ++k) i.write_()[k * n + k] = 1;
  return i;
}

}  // namespace

TEST_CASE("eigenvectors of a symmetric matrix, the largest eigenvalue first") {
  const Eigen e = eigen_symmetric(Tensor({2, 2}, {2, 1, 1, 2}));  // 3 along (1, 1), 1 along (1, -1)
  CHECK(e.values.at({0}) == doctest::Approx(3));
  CHECK(e.values.at({1}) == doctest::Approx(1));
  CHECK(e.vectors.at({0, 0}) == doctest::Approx(e.vectors.at({0, 1})));
  Rng rng(1);
  const Tensor a = rng.normal({9, 9}), s = matmul(a, a, Transpose::no, Transpose::yes);
  const Eigen f = eigen_symmetric(s);
  const Tensor scaled = f.vectors * f.values.reshape({9, 1});  // Vᵀ diag(λ) V
  CHECK(largest_difference(matmul(f.vectors, scaled, Transpose::yes), s) < 1e-12 * 100);
  CHECK_FAILS(eigen_symmetric(Tensor::zeros({2, 3})), "[2, 3] is not a square matrix");
  CHECK_FAILS(eigen_symmetric(Tensor::zeros({2, 2, 2})), "[2, 2, 2] is not a square matrix");
}

TEST_CASE("a matrix is the product of its singular parts") {
  Rng rng(2);
  for (const Shape& shape : {Shape{5, 3}, Shape{3, 5}}) {
    const Tensor a = rng.normal(shape);
    const Svd d = svd(a);
    const Tensor back = matmul(d.u * d.values, d.vt);
    CHECK(largest_difference(back, a) < 1e-12);
    CHECK(largest_difference(matmul(d.u, d.u, Transpose::yes), identity(3)) < 1e-12);
    CHECK(largest_difference(matmul(d.vt, d.vt, Transpose::no, Transpose::yes), identity(3)) < 1e-12);
    CHECK(d.values.at({0}) >= d.values.at({1}));
  }
  CHECK_FAILS(svd(Tensor::zeros({2, 3, 4})), "svd: [2, 3, 4] is not a matrix");
}
