#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable softsign(const Variable& x);  // the student's function

TEST_CASE("values computed by hand") {
  const Tensor x({5}, {-3, -1, 0, 1, 4});
  expect_close("softsign of " + show(x), softsign(x).value(), Tensor({5}, {-0.75, -0.5, 0, 0.5, 0.8}));
}

TEST_CASE("backward computes its gradient with respect to a parameter") {
  const Variable x = Variable::parameter(Tensor({2}, {1, -3}));
  const Variable y = softsign(x);
  expect(y.requires_grad(), "softsign of a parameter is recorded in the computational graph (record)");
  if (!y.requires_grad()) return;
  backward(sum(y * 2));
  expect_close("the gradient of 2 softsign(x) for x = (1, -3)", x.grad(), Tensor({2}, {0.5, 0.125}));
}

TEST_CASE("first and second derivatives agree with finite differences") {
  const auto op = [](std::span<const Variable> in) { return softsign(in[0]); };
  expect_right("the gradient check", gradcheck("softsign", op, {Tensor({2, 3}, {-2, -0.7, -0.2, 0.3, 1, 2.5})}));
}
