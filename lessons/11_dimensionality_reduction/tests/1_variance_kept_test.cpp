#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double variance_kept(const Tensor& r, const Tensor& x);  // what the student writes

TEST_CASE("worked out by hand: (0, 4), (2, 0) about the mean (1, 2): 1 + 4 + 1 + 4 = 10, of which 1 is lost") {
  const Tensor x({2, 2}, {0, 4, 2, 0}), r({2, 2}, {0, 4, 2, 1});
  expect_close("kept of x = " + show(x) + " by r = " + show(r), variance_kept(r, x), 0.9);
}

TEST_CASE("a perfect reconstruction keeps all, the mean image nothing") {
  const Tensor x = Rng(1).uniform({7, 5});
  expect_close("kept by x itself", variance_kept(x, x), 1);
  expect_close("kept by the mean image", variance_kept(Tensor({2, 2}, {1, 2, 1, 2}), Tensor({2, 2}, {0, 4, 2, 0})), 0);
}

TEST_CASE("what is worse than the mean image lies below 0") {
  expect_close("kept by black", variance_kept(Tensor::zeros({2, 1}), Tensor({2, 1}, {1, 3})), -4);
}

TEST_CASE("brighter images, reconstructed as well, keep as much") {
  const Tensor x = Rng(2).uniform({9, 4}), r = Rng(3).uniform({9, 4});
  expect_close("kept after 10 was added to all", variance_kept(r + 10, x + 10), variance_kept(r, x));
}
