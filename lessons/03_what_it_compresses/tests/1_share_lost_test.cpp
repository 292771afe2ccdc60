#include <cmath>

#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double share_lost(const Tensor& r, const Tensor& x);  // the student's function

TEST_CASE("two images of two pixels, computed by hand: (1 + 0 + 0 + 4) / (1 + 1 + 4 + 4) = 0.5") {
  const Tensor x({2, 2}, {0, 1, 2, 5}), r({2, 2}, {1, 1, 2, 3});
  expect_close("share_lost of r = " + show(r) + ", x = " + show(x), share_lost(r, x), 0.5);
}

TEST_CASE("an exact copy loses 0, the mean image 1") {
  const Tensor x = Rng(1).uniform({6, 3});
  expect_close("share_lost(x, x)", share_lost(x, x), 0);
  Tensor m({6, 3});
  for (Index j = 0; j < 3; ++j) {
    Scalar sum = 0;
    for (Index i = 0; i < 6; ++i) sum += x.at({i, j});
    for (Index i = 0; i < 6; ++i) m.write_()[i * 3 + j] = sum / 6;
  }
  expect_close("share_lost of the mean image", share_lost(m, x), 1);
}

TEST_CASE("the share does not depend on brightness and contrast") {
  const Tensor x = Rng(2).uniform({5, 4}), r = Rng(3).uniform({5, 4});
  Tensor x2 = x.clone(), r2 = r.clone();
  for (Index i = 0; i < 20; ++i) {
    x2.write_()[i] = 3 * x.data()[i] + 7;
    r2.write_()[i] = 3 * r.data()[i] + 7;
  }
  expect_close("share_lost(3 r + 7, 3 x + 7)", share_lost(r2, x2), share_lost(r, x));
}

TEST_CASE("equal images have a variance of 0") {
  const Tensor x({2, 2}, {1, 2, 1, 2}), r({2, 2}, {1, 2, 1, 3});
  expect_close("share_lost(x, x) of equal images", share_lost(x, x), 0);
  expect(std::isinf(share_lost(r, x)) && share_lost(r, x) > 0,
         "share_lost(r, x) of equal images is infinite for r ≠ x");
}
