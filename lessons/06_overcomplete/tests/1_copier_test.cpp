#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};
Weights copier(Index d);  // what the student writes

namespace {

Tensor through(const Weights& start, const Tensor& x) {
  const Tensor h = linear(x, start.W1, start.b1, Activation::relu);
  return linear(h, start.W2, start.b2, Activation::none);
}

}  // namespace

TEST_CASE("the weights have the shapes of the task") {
  const Weights start = copier(3);
  expect(start.W1.shape() == Shape({6, 3}), "W1 of copier(3) should be [6, 3], it is " + show(start.W1));
  expect(start.b1.shape() == Shape({6}), "b1 of copier(3) should be [6], it is " + show(start.b1));
  expect(start.W2.shape() == Shape({3, 6}), "W2 of copier(3) should be [3, 6], it is " + show(start.W2));
  expect(start.b2.shape() == Shape({3}), "b2 of copier(3) should be [3], it is " + show(start.b2));
}

TEST_CASE("positive numbers, negative numbers and 0 are copied") {
  expect_close("the copy of 2, -3, 0, each alone", through(copier(1), Tensor({3, 1}, {2, -3, 0})),
               Tensor({3, 1}, {2, -3, 0}));
}

TEST_CASE("any input is copied, noise included") {
  const Tensor noise = Rng(1).normal({5, 7});
  expect_close("the copy of noise", through(copier(7), noise), noise);
}

TEST_CASE("large numbers are copied") {
  const Tensor x({2, 2}, {1e6, -1e6, -3e6, 5});
  expect_close("the copy of {1e6, -1e6; -3e6, 5}", through(copier(2), x), x);
}
