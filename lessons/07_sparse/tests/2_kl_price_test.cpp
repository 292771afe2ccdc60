#include <cmath>

#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/sparse.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable kl_price(const Variable& h, Scalar rho);  // what the student writes

TEST_CASE("the penalty is 0 when every mean activation equals the target") {
  const Variable penalty = kl_price(Tensor({2, 3}, {0.25, 0.4, 0.01, 0.25, 0.1, 0.49}), 0.25);
  expect(penalty.dim() == 0, "the penalty has rank 0; yours has rank " + std::to_string(penalty.dim()));
  expect_close("Ω for mean activations of 0.25, 0.25, 0.25 and ρ = 0.25", penalty.value(), Tensor::scalar(0));
}

TEST_CASE("worked out by hand") {
  const double half = 0.25 * std::log(0.5) + 0.75 * std::log(1.5);  // a unit with the mean 0.5 and the target 0.25
  expect_close("Ω of one unit with the activation 0.5, ρ = 0.25", kl_price(Tensor({1, 1}, {0.5}), 0.25).value(),
               Tensor::scalar(half));
  expect_close("Ω of one unit with the activations 0.9 and 0.1, ρ = 0.25: only the mean counts",
               kl_price(Tensor({2, 1}, {0.9, 0.1}), 0.25).value(), Tensor::scalar(half));
  expect_close("Ω of three such units: three times as much", kl_price(Tensor({1, 3}, {0.5, 0.5, 0.5}), 0.25).value(),
               Tensor::scalar(3 * half));
}

TEST_CASE("the penalty is positive on both sides of the target and grows without bound towards 0") {
  for (const double active : {0.001, 0.04, 0.06, 0.5, 0.999})
    expect(kl_price(Tensor({1, 1}, {active}), 0.05).item() > 0,
           "for ρ = 0.05 the penalty for a mean activation of " + std::to_string(active) + " is positive");
  expect_close("Ω at 1e-9 beside Ω at 1e-6, ρ = 0.05: 0.05 log 1000 more",
               kl_price(Tensor({1, 1}, {1e-9}), 0.05).item() - kl_price(Tensor({1, 1}, {1e-6}), 0.05).item(),
               0.05 * std::log(1000.0), 1e-6);
}

TEST_CASE("the penalty and its gradient equal those of the lesson's model") {
  Rng rng(1);
  const models::Sparse model({.input = 4, .code = 6, .penalty = models::Sparse::Penalty::kl, .rate = 0.1}, rng);
  const Tensor h = rng.uniform({5, 6}, 0.05, 0.95);
  expect_close("Ω of five codes of size six, ρ = 0.1", kl_price(h, 0.1).value(), model.penalty(h).value());
  expect_right("the gradient check",
               gradcheck("kl_price", [](std::span<const Variable> in) { return kl_price(in[0], 0.1); }, {h}));
}
