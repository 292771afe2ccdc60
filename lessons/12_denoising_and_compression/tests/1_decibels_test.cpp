#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double decibels(const Tensor& r, const Tensor& x);  // the student's function

TEST_CASE("an error of 0.1 in every pixel is 20 dB, one of 0.01 is 40 dB") {
  expect_close("decibels of (0.1, 0.1, 0.1, 0.1), x = 0",
               decibels(Tensor({1, 4}, {0.1, 0.1, 0.1, 0.1}), Tensor::zeros({1, 4})), 20);
  expect_close("decibels of (0.99, 1.01), x = 1", decibels(Tensor({1, 2}, {0.99, 1.01}), Tensor({1, 2}, {1, 1})),
               40);
}

TEST_CASE("the result depends on the mean over an image's pixels, not on their number") {
  expect_close("decibels of (0.2, 0, 0, 0), x = 0: m = 0.01",
               decibels(Tensor({1, 4}, {0.2, 0, 0, 0}), Tensor::zeros({1, 4})), 20);
}

TEST_CASE("the ratio is computed for each image and then averaged") {
  expect_close("one image at 20 dB and one at 40 dB", decibels(Tensor({2, 1}, {0.1, 0.01}), Tensor::zeros({2, 1})), 30);
}

TEST_CASE("halving the difference in each pixel adds 6.02 dB") {
  const Tensor x = Tensor::zeros({5, 7}), r = Rng(1).uniform({5, 7}, 0.1, 1);
  Tensor half = r.clone();
  for (Index i = 0; i < half.numel(); ++i) half.write_()[i] /= 2;
  expect_close("the gain", decibels(half, x) - decibels(r, x), 6.020599913279624);
}
