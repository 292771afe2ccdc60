#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/sparse.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable l1_price(const Variable& h);  // what the student writes

TEST_CASE("worked out by hand") {
  const Variable penalty = l1_price(Tensor({1, 3}, {0.5, 0, 2}));
  expect(penalty.dim() == 0, "the penalty has rank 0; yours has rank " + std::to_string(penalty.dim()));
  expect_close("Ω of one code (0.5, 0, 2)", penalty.value(), Tensor::scalar(2.5));
  expect_close("Ω of (-1, 1): signs do not cancel", l1_price(Tensor({1, 2}, {-1, 1})).value(), Tensor::scalar(2));
  expect_close("Ω of three codes (1, 0), (0, 3), (1, 1): (1 + 3 + 2) / 3",
               l1_price(Tensor({3, 2}, {1, 0, 0, 3, 1, 1})).value(), Tensor::scalar(2));
}

TEST_CASE("the penalty is a mean over images and a sum over units") {
  expect_close("Ω of the code (0.5, 2), twice", l1_price(Tensor({2, 2}, {0.5, 2, 0.5, 2})).value(),
               Tensor::scalar(2.5));
  expect_close("Ω of (0.5, 2, 0.5, 2)", l1_price(Tensor({1, 4}, {0.5, 2, 0.5, 2})).value(), Tensor::scalar(5));
}

TEST_CASE("the gradient has the same absolute value for small and for large activations") {
  const Variable h = Variable::parameter(Tensor({2, 2}, {0.01, -3, 5, 0}));
  const Variable penalty = l1_price(h);
  expect(penalty.requires_grad(), "the penalty has a gradient with respect to h");
  if (!penalty.requires_grad()) return;
  expect_close("the gradient at h = (0.01, -3), (5, 0): the signs, divided by the 2 images",
               grad(penalty, std::vector<Variable>{h})[0].value(), Tensor({2, 2}, {0.5, -0.5, 0.5, 0}));
}

TEST_CASE("the penalty equals that of the lesson's model") {
  Rng rng(1);
  const models::Sparse model({.input = 4, .code = 6}, rng);
  const Tensor h = rng.normal({5, 6});
  expect_close("Ω of five codes of size six", l1_price(h).value(), model.penalty(h).value());
}
