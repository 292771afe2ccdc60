#include <cmath>

#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable discriminator_cost(const Variable& real, const Variable& made);  // what the student writes

TEST_CASE("at chance level (z = 0) the loss is 2 log 2") {
  const Variable L = discriminator_cost(Tensor::zeros({5, 1}), Tensor::zeros({5, 1}));
  expect(L.dim() == 0, "the loss is a single number, of rank 0; it has rank " + std::to_string(L.dim()));
  expect_close("L for z = 0 everywhere", L.value(), Tensor::scalar(2 * std::log(2.0)));
}

TEST_CASE("computed by hand: D = 3/4 for a real and a generated image") {
  const Tensor z({1, 1}, {std::log(3.0)});
  expect_close("-log 3/4 - log 1/4", discriminator_cost(z, z).item(), -std::log(0.75) - std::log(0.25));
}

TEST_CASE("for large logits the loss is 0 where they are right, and their size where they are wrong") {
  const Tensor sure({2, 1}, {800, 900}), not_at_all({2, 1}, {-800, -900});
  expect_close("L, every image classified correctly", discriminator_cost(sure, not_at_all).item(), 0);
  expect_close("L, every image classified wrongly", discriminator_cost(not_at_all, sure).item(), 1700);
}

TEST_CASE("gradients reach the logits of both kinds of images") {
  Rng rng(1);
  const auto op = [](std::span<const Variable> in) { return discriminator_cost(in[0], in[1]); };
  expect_right("the gradient check", gradcheck("discriminator_cost", op, {rng.normal({3, 1}), rng.normal({3, 1})}));
}
