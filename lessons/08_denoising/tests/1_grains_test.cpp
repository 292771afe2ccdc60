#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor grains(const Tensor& x, const Tensor& u, Scalar p);  // what the student writes

TEST_CASE("an example computed by hand") {
  const Tensor x({1, 5}, {0.5, 0.5, 0.5, 0.5, 0.5}), u({1, 5}, {0.05, 0.1, 0.19, 0.2, 0.9});
  expect_close("x = 0.5 five times, u = 0.05, 0.1, 0.19, 0.2, 0.9, p = 0.2", grains(x, u, 0.2),
               Tensor({1, 5}, {0, 1, 1, 0.5, 0.5}));
  expect_close("the same with p = 0: no pixel changes", grains(x, u, 0), x);
  expect_close("the same with p = 1: every pixel is replaced", grains(x, u, 1), Tensor({1, 5}, {0, 0, 0, 0, 1}));
}

TEST_CASE("the clean image does not change") {
  const Tensor x = Tensor::full({2, 3}, 0.25), u = Tensor::zeros({2, 3});
  grains(x, u, 0.5);
  expect_close("x after the call", x, Tensor::full({2, 3}, 0.25));
}

TEST_CASE("a share p/2 of the pixels is 0, a share p/2 is 1, the others are unchanged") {
  Rng rng(1);
  const Tensor x = Tensor::full({100, 100}, 0.5), y = grains(x, rng.uniform({100, 100}), 0.3);
  double black = 0, white = 0, kept = 0;
  for (const Scalar v : y.values()) black += v == 0, white += v == 1, kept += v == 0.5;
  expect_close("the share of black pixels, p = 0.3", black / 10000, 0.15, 0.015);
  expect_close("the share of white pixels, p = 0.3", white / 10000, 0.15, 0.015);
  expect_close("the share of unchanged pixels, p = 0.3", kept / 10000, 0.7, 0.02);
}
