#include <hourglass/models/undercomplete.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Index weights_of(const std::vector<Index>& sizes);
Index bottleneck_of(const std::vector<Index>& sizes);

TEST_CASE("one layer from two units to three: six weights and three biases") {
  expect_close("weights_of({2, 3})", static_cast<double>(weights_of({2, 3})), 9);
  expect_close("weights_of({3, 2})", static_cast<double>(weights_of({3, 2})), 8);
}

TEST_CASE("weights_of counts the parameters of the lesson's model") {
  Rng rng(1);
  models::Undercomplete model({.input = 20, .hidden = 7, .code = 3}, rng);
  Index there = 0;
  for (const nn::Parameter& p : model.parameters()) there += p.variable.numel();
  expect_close("weights_of({20, 7, 3, 7, 20})", static_cast<double>(weights_of({20, 7, 3, 7, 20})),
               static_cast<double>(there));
}

TEST_CASE("the decoder need not mirror the encoder") {
  expect_close("weights_of({4, 2, 6, 5})", static_cast<double>(weights_of({4, 2, 6, 5})), 10 + 18 + 35);
}

TEST_CASE("the narrowest layer may be at any position") {
  expect_close("bottleneck_of({784, 256, 8, 256, 784})", static_cast<double>(bottleneck_of({784, 256, 8, 256, 784})),
               8);
  expect_close("bottleneck_of({784, 16, 64, 784})", static_cast<double>(bottleneck_of({784, 16, 64, 784})), 16);
  expect_close("bottleneck_of({10, 20, 30})", static_cast<double>(bottleneck_of({10, 20, 30})), 10);
}
