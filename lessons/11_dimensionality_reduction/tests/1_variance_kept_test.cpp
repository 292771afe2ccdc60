#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double variance_kept(const Tensor& r, const Tensor& x);  // what the student writes

TEST_CASE("computed by hand: (0, 4), (2, 0) about the mean (1, 2): 1 + 4 + 1 + 4 = 10, of which the error is 1") {
  const Tensor x({2, 2}, {0, 4, 2, 0}), r({2, 2}, {0, 4, 2, 1});
  expect_close("kept of x = " + show(x) + " by r = " + show(r), variance_kept(r, x), 0.9);
}

TEST_CASE("a perfect reconstruction explains all the variance, the mean image none") {
  const Tensor x = Rng(1).uniform({7, 5});
  expect_close("kept by x itself", variance_kept(x, x), 1);
  expect_close("kept by the mean image", variance_kept(Tensor({2, 2}, {1, 2, 1, 2}), Tensor({2, 2}, {0, 4, 2, 0})), 0);
}

TEST_CASE("a reconstruction worse than the mean image has a negative value") {
  expect_close("kept by black images", variance_kept(Tensor::zeros({2, 1}), Tensor({2, 1}, {1, 3})), -4);
}

TEST_CASE("a constant that is added to images and reconstructions changes nothing") {
  const Tensor x = Rng(2).uniform({9, 4}), r = Rng(3).uniform({9, 4});
  expect_close("kept after 10 was added to all", variance_kept(r + 10, x + 10), variance_kept(r, x));
}
