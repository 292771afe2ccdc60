#include <cmath>

#include <hourglass/autograd/gradcheck.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable log_mean_exp(const Variable& log_w);  // what the student writes

TEST_CASE("weights whose mean is known") {
  const double three = std::log(3), one = std::log(1);
  expect_close("w = (3, 1) and (1, 1): the means are 2 and 1",
               log_mean_exp(Tensor({2, 2}, {three, one, one, one})).value(), Tensor({2}, {std::log(2), 0}));
  expect_close("a single sample: the logarithm of its weight", log_mean_exp(Tensor({1, 1}, {-7})).value(),
               Tensor({1}, {-7}));
  expect_close("w = (1, 2, 6) for one image: the mean is 3",
               log_mean_exp(Tensor({1, 3}, {0, std::log(2), std::log(6)})).value(), Tensor({1}, {three}));
}

TEST_CASE("weights of any size") {
  expect_close("log w = (-1000, -1000)", log_mean_exp(Tensor({1, 2}, {-1000, -1000})).value(), Tensor({1}, {-1000}));
  expect_close("log w = (900, -900): log of half of e^900", log_mean_exp(Tensor({1, 2}, {900, -900})).value(),
               Tensor({1}, {900 - std::log(2)}));
}

TEST_CASE("the gradient reaches the weights") {
  Rng rng(9);
  const auto op = [](std::span<const Variable> in) { return log_mean_exp(in[0]); };
  expect_right("the gradient check", gradcheck("log_mean_exp", op, {rng.normal({3, 4}, -2, 2)}, {.order = 1}));
}
