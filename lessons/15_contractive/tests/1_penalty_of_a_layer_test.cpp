#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/jacobian.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable penalty_of_a_layer(const Variable& h, const Variable& W);  // what the student writes

TEST_CASE("small cases computed by hand") {
  expect_close("h = 0.5, W = 2: (0.25)² · 4", penalty_of_a_layer(Tensor({1, 1}, {0.5}), Tensor({1, 1}, {2})).value(),
               Tensor::scalar(0.25));
  expect_close("h = (0.5, 0.2), W = ((1, 2), (0, 3)): 0.0625 · 5 + 0.0256 · 9",
               penalty_of_a_layer(Tensor({1, 2}, {0.5, 0.2}), Tensor({2, 2}, {1, 2, 0, 3})).value(),
               Tensor::scalar(0.5429));
  expect_close("two images, h = 0.5 and h = 1, W = 2: the mean of 0.25 and 0",
               penalty_of_a_layer(Tensor({2, 1}, {0.5, 1}), Tensor({1, 1}, {2})).value(), Tensor::scalar(0.125));
}

TEST_CASE("it equals the squared norm of the Jacobian from automatic differentiation") {
  Rng rng(3);
  const Tensor W = rng.normal({3, 5}), b = rng.normal({3});
  double total = 0;
  const Tensor x = rng.normal({4, 5});
  for (Index i = 0; i < 4; ++i) {
    const Variable one = Variable::parameter(narrow(x, 0, i, 1));
    const Tensor J = jacobian(linear(one, W, b, Activation::sigmoid), one);
    for (const Scalar v : J.values()) total += v * v / 4;
  }
  const Variable h = linear(x, W, b, Activation::sigmoid);
  expect_close("four images of five pixels, code size 3", penalty_of_a_layer(h, W).value(), Tensor::scalar(total));
}

TEST_CASE("the gradient reaches h and W") {
  Rng rng(4);
  const auto op = [](std::span<const Variable> in) { return penalty_of_a_layer(in[0], in[1]); };
  expect_right("the gradient check of h and W",
               gradcheck("penalty_of_a_layer", op, {rng.uniform({3, 4}, 0.1, 0.9), rng.normal({4, 2})}, {.order = 1}));
}
