#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

struct Pull {
  double saturating, non_saturating;
};
// what the student writes
Variable saturating_cost(const Variable& z);
Variable non_saturating_cost(const Variable& z);
Pull pull(double z);

TEST_CASE("computed by hand: D = 1/2 and D = 1/4") {
  const Tensor z({2, 1}, {0, -std::log(3.0)});
  expect_close("saturating: the mean of log 1/2 and log 3/4", saturating_cost(z).item(),
               (std::log(0.5) + std::log(0.75)) / 2);
  expect_close("non-saturating: the mean of -log 1/2 and -log 1/4", non_saturating_cost(z).item(),
               (-std::log(0.5) - std::log(0.25)) / 2);
}

TEST_CASE("large logits do not overflow") {
  const Tensor caught({1, 1}, {-900}), passed({1, 1}, {900});
  expect_close("saturating, recognised (z = -900)", saturating_cost(caught).item(), 0);
  expect_close("saturating, classified as real (z = 900)", saturating_cost(passed).item(), -900);
  expect_close("non-saturating, recognised (z = -900)", non_saturating_cost(caught).item(), 900);
  expect_close("non-saturating, classified as real (z = 900)", non_saturating_cost(passed).item(), 0);
}

TEST_CASE("pull is minus the derivative of the loss") {
  for (const double at : {-8.0, -0.5, 0.0, 2.0}) {
    const std::string where = " at z = " + std::to_string(at);
    const Variable a = Variable::parameter(Tensor({1, 1}, {at})), b = Variable::parameter(Tensor({1, 1}, {at}));
    const Variable first = saturating_cost(a), second = non_saturating_cost(b);
    expect(first.requires_grad() && second.requires_grad(),
           "both losses require a gradient: they depend on the logits through ops");
    if (!first.requires_grad() || !second.requires_grad()) return;
    backward(first);
    backward(second);
    expect_close("the saturating pull" + where, pull(at).saturating, -a.grad().data()[0]);
    expect_close("the non-saturating pull" + where, pull(at).non_saturating, -b.grad().data()[0]);
  }
}

TEST_CASE("where the generator is recognised, only the non-saturating loss has a gradient") {
  expect_close("the saturating pull at z = -8", pull(-8).saturating, 1 / (1 + std::exp(8.0)));
  expect_close("the non-saturating pull at z = -8", pull(-8).non_saturating, 1 / (1 + std::exp(-8.0)));
}
