#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/linalg.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Tensor code_of(const Tensor& x, const Tensor& m, const Tensor& W);
Tensor image_of(const Tensor& h, const Tensor& m, const Tensor& W);

namespace {

// k orthonormal rows of dimension d
Tensor some_directions(Index k, Index d) { return svd(Rng(1).normal({k, d})).vt; }

}  // namespace

TEST_CASE("one direction in the plane, worked out by hand") {
  const Tensor m({2}, {1, 2}), W({1, 2}, {0.6, 0.8});
  const Tensor one({1, 2}, {4, 6});
  expect_close("the code of (4, 6) about (1, 2) along (0.6, 0.8): 3 · 0.6 + 4 · 0.8", code_of(one, m, W),
               Tensor({1, 1}, {5}));
  expect_close("its reconstruction: 5 · (0.6, 0.8) + (1, 2)", image_of(Tensor({1, 1}, {5}), m, W), one);
}

TEST_CASE("the code of the mean image is 0, and the reconstruction of the code 0 is the mean image") {
  const Tensor m = Rng(2).uniform({7}), W = some_directions(3, 7);
  expect_close("the code of the mean", code_of(m.reshape({1, 7}), m, W), Tensor::zeros({1, 3}));
  expect_close("the reconstruction of 0", image_of(Tensor::zeros({1, 3}), m, W), m.reshape({1, 7}));
}

TEST_CASE("encoding a reconstruction gives the same code") {
  const Tensor m = Rng(3).uniform({9}), W = some_directions(4, 9), h = Rng(4).normal({5, 4});
  expect_close("code_of(image_of(h))", code_of(image_of(h, m, W), m, W), h);
}

TEST_CASE("the residual is orthogonal to all components") {
  const Tensor x = Rng(5).uniform({6, 9}), m = Rng(6).uniform({9}), W = some_directions(4, 9);
  const Tensor left = x - image_of(code_of(x, m, W), m, W);
  expect_close("(x - r) Wᵀ", matmul(left, W, Transpose::no, Transpose::yes), Tensor::zeros({6, 4}));
}
