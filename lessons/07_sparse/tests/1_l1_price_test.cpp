#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/sparse.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable l1_price(const Variable& h);  // what the student writes

TEST_CASE("worked out by hand") {
  const Variable price = l1_price(Tensor({1, 3}, {0.5, 0, 2}));
  expect(price.dim() == 0, "the price is a single number, of rank 0; it has rank " + std::to_string(price.dim()));
  expect_close("Ω of one code (0.5, 0, 2)", price.value(), Tensor::scalar(2.5));
  expect_close("Ω of (-1, 1): signs do not cancel", l1_price(Tensor({1, 2}, {-1, 1})).value(), Tensor::scalar(2));
  expect_close("Ω of three codes (1, 0), (0, 3), (1, 1): (1 + 3 + 2) / 3",
               l1_price(Tensor({3, 2}, {1, 0, 0, 3, 1, 1})).value(), Tensor::scalar(2));
}

TEST_CASE("twice as many images of the same kind cost the same, twice as many units twice as much") {
  expect_close("Ω of the code (0.5, 2), twice", l1_price(Tensor({2, 2}, {0.5, 2, 0.5, 2})).value(),
               Tensor::scalar(2.5));
  expect_close("Ω of (0.5, 2, 0.5, 2)", l1_price(Tensor({1, 4}, {0.5, 2, 0.5, 2})).value(), Tensor::scalar(5));
}

TEST_CASE("the pull towards 0 is equally strong for small and for large numbers") {
  const Variable h = Variable::parameter(Tensor({2, 2}, {0.01, -3, 5, 0}));
  const Variable price = l1_price(h);
  expect(price.requires_grad(), "the price remembers that it was made of h");
  if (!price.requires_grad()) return;
  expect_close("the gradient at h = (0.01, -3), (5, 0): the signs, divided by the 2 images",
               grad(price, std::vector<Variable>{h})[0].value(), Tensor({2, 2}, {0.5, -0.5, 0.5, 0}));
}

TEST_CASE("the price of the lesson's model") {
  Rng rng(1);
  const models::Sparse model({.input = 4, .code = 6}, rng);
  const Tensor h = rng.normal({5, 6});
  expect_close("Ω of five codes of six numbers", l1_price(h).value(), model.penalty(h).value());
}
