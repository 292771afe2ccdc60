#include <cmath>

#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable discriminator_cost(const Variable& real, const Variable& made);  // what the student writes

TEST_CASE("who only guesses (z = 0) pays 2 log 2") {
  const Variable L = discriminator_cost(Tensor::zeros({5, 1}), Tensor::zeros({5, 1}));
  expect(L.dim() == 0, "the loss is a single number, of rank 0; it has rank " + std::to_string(L.dim()));
  expect_close("L for z = 0 everywhere", L.value(), Tensor::scalar(2 * std::log(2.0)));
}

TEST_CASE("worked out by hand: D = 3/4 for a real and a made image") {
  const Tensor z({1, 1}, {std::log(3.0)});
  expect_close("-log 3/4 - log 1/4", discriminator_cost(z, z).item(), -std::log(0.75) - std::log(0.25));
}

TEST_CASE("to be right costs nothing, to be wrong costs the logit, however large") {
  const Tensor sure({2, 1}, {800, 900}), not_at_all({2, 1}, {-800, -900});
  expect_close("L, always right", discriminator_cost(sure, not_at_all).item(), 0);
  expect_close("L, always wrong", discriminator_cost(not_at_all, sure).item(), 1700);
}

TEST_CASE("the gradient reaches both logits") {
  Rng rng(1);
  const auto op = [](std::span<const Variable> in) { return discriminator_cost(in[0], in[1]); };
  expect_right("the gradient check", gradcheck("discriminator_cost", op, {rng.normal({3, 1}), rng.normal({3, 1})}));
}
