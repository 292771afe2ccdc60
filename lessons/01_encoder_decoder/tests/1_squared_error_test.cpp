#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable squared_error_per_image(const Variable& r, const Tensor& x);  // the student's function

TEST_CASE("two images of three pixels, computed by hand: (1 + 4 + 0 + 0 + 0 + 9) / 2 = 7") {
  const Tensor r({2, 3}, {1, 2, 3, 4, 5, 6}), x({2, 3}, {0, 0, 3, 4, 5, 9});
  const Variable L = squared_error_per_image(r, x);
  expect(L.dim() == 0, "L is a single number, of rank 0; its rank is " + std::to_string(L.dim()));
  expect_close("L for r = " + show(r) + ", x = " + show(x), L.value(), Tensor::scalar(7));
}

TEST_CASE("a perfect reconstruction has the loss 0") {
  const Tensor x = Rng(1).uniform({5, 7});
  expect_close("L(x, x)", squared_error_per_image(x, x).value(), Tensor::scalar(0));
}

TEST_CASE("a batch that contains each image twice has the same loss") {
  const Tensor r = Rng(2).uniform({4, 6}), x = Rng(3).uniform({4, 6});
  const Tensor r2 = cat({Variable(r), Variable(r)}, 0).value(), x2 = cat({Variable(x), Variable(x)}, 0).value();
  expect_close("L of the doubled batch", squared_error_per_image(r2, x2).value(),
               squared_error_per_image(r, x).value());
}

TEST_CASE("its gradient is 2 (r - x) / n") {
  const Variable r = Variable::parameter(Tensor({2, 2}, {1, 2, 3, 4}));
  const Variable L = squared_error_per_image(r, Tensor({2, 2}, {0, 2, 5, 1}));
  expect(L.requires_grad(), "L is recorded in the computational graph, with r as its input");
  if (!L.requires_grad()) return;
  backward(L);
  expect_close("dL/dr for r = (1, 2; 3, 4), x = (0, 2; 5, 1)", r.grad(), Tensor({2, 2}, {1, 0, -2, 3}));
}
