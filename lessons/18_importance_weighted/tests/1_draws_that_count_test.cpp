#include <cmath>
#include <string>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable draws_that_count(const Variable& log_w);  // what the student writes

TEST_CASE("all weights are equal, or one dominates") {
  expect_close("three equal weights, small or large: 3",
               draws_that_count(Tensor({2, 3}, {-1000, -1000, -1000, 5, 5, 5})).value(), Tensor({2}, {3, 3}));
  expect_close("log w = (0, -800, -900): 1", draws_that_count(Tensor({1, 3}, {0, -800, -900})).value(),
               Tensor({1}, {1}));
}

TEST_CASE("in between") {
  expect_close("w = (3, 1): w~ = (3/4, 1/4), 1 / (10/16)", draws_that_count(Tensor({1, 2}, {std::log(3), 0})).value(),
               Tensor({1}, {1.6}));
  expect_close("w = (2, 1, 1): w~ = (1/2, 1/4, 1/4), 1 / (6/16)",
               draws_that_count(Tensor({1, 3}, {std::log(2), 0, 0})).value(), Tensor({1}, {16.0 / 6}));
}

TEST_CASE("each image by itself") {
  Rng rng(10);
  const Tensor log_w = rng.normal({4, 6}, -90, 3);
  const Tensor together = draws_that_count(log_w).value();
  for (Index i = 0; i < 4; ++i)
    expect_close("image " + std::to_string(i) + " of four, alone",
                 draws_that_count(narrow(Variable(log_w), 0, i, 1)).value(), narrow(together, 0, i, 1));
}
