#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double lost_share(const Tensor& r, const Tensor& x);  // what the student writes

TEST_CASE("a perfect copy loses nothing, a black image everything") {
  const Tensor x = Rng(1).uniform({3, 4});
  expect_close("lost_share(x, x)", lost_share(x, x), 0);
  expect_close("lost_share(0, x)", lost_share(Tensor::zeros({3, 4}), x), 1);
}

TEST_CASE("two pixels, worked out by hand: 3 and 4 are reconstructed as 3 and 2") {
  expect_close("lost_share({3, 2}, {3, 4})", lost_share(Tensor({1, 2}, {3, 2}), Tensor({1, 2}, {3, 4})), 4.0 / 25);
}

TEST_CASE("a reconstruction worse than a black image gives more than 1") {
  expect_close("lost_share(-2 x, x)", lost_share(Tensor({1, 2}, {-2, -2}), Tensor({1, 2}, {1, 1})), 9);
}

TEST_CASE("both sums run over all images: a faint image has less weight than a bright one") {
  // the bright image is copied, the faint one is lost: 1 of 100 + 1
  expect_close("lost_share({10; 0}, {10; 1})", lost_share(Tensor({2, 1}, {10, 0}), Tensor({2, 1}, {10, 1})), 1.0 / 101);
}

TEST_CASE("the share does not depend on the scale of the grey values") {
  const Tensor x = Rng(2).uniform({4, 5}), r = Rng(3).uniform({4, 5});
  expect_close("lost_share(r / 2, x / 2)", lost_share(0.5 * r, 0.5 * x), lost_share(r, x));
}

TEST_CASE("for black images the share is 0") {
  expect_close("lost_share(0, 0)", lost_share(Tensor::zeros({2, 3}), Tensor::zeros({2, 3})), 0);
}
