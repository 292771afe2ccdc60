#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable drawn_code(const Variable& mean, const Variable& log_variance,
                    const Tensor& epsilon);  // what the student writes

TEST_CASE("an example computed by hand: μ = 3, σ² = 4, so that ε = 1 gives 5 and ε = -0.5 gives 2") {
  const Tensor mean = Tensor::full({2, 1}, 3), s = Tensor::full({2, 1}, std::log(4.0)), epsilon({2, 1}, {1, -0.5});
  expect_close("z for μ = 3, s = log 4, ε = 1 and -0.5", drawn_code(mean, s, epsilon).value(), Tensor({2, 1}, {5, 2}));
}

TEST_CASE("the draws have the mean and the variance that the encoder outputs") {
  Rng rng(1);
  const Index n = 20000;
  const Tensor h =
      drawn_code(Tensor::full({n, 1}, -1), Tensor::full({n, 1}, std::log(0.25)), rng.normal({n, 1})).value();
  double sum = 0, squares = 0;
  for (const Scalar v : h.values()) sum += v, squares += (v + 1) * (v + 1);
  expect_close("the mean of 20,000 draws of N(-1, 0.25)", sum / n, -1, 0.02);
  expect_close("their mean squared difference from it", squares / n, 0.25, 0.02);
}

TEST_CASE("gradients reach mean and log variance: dz/dμ = 1, dz/ds = σ ε / 2") {
  const Variable mean = Variable::parameter(Tensor({1, 2}, {0, 1}));
  const Variable s = Variable::parameter(Tensor({1, 2}, {0, std::log(4.0)}));
  const Variable h = drawn_code(mean, s, Tensor({1, 2}, {3, -1}));
  expect(h.requires_grad(), "z requires a gradient: it depends on the encoder's outputs through ops");
  if (!h.requires_grad()) return;
  backward(sum(h));
  expect_close("dz/dμ", mean.grad(), Tensor({1, 2}, {1, 1}));
  expect(!s.grad().empty(), "the log variance has a gradient");
  if (!s.grad().empty()) expect_close("dz/ds for σ = (1, 2), ε = (3, -1)", s.grad(), Tensor({1, 2}, {1.5, -1}));
}
