#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Variable nats_from_prior(const Variable& mean, const Variable& log_variance);  // what the student writes

TEST_CASE("where q is the prior, the KL term is 0") {
  const Tensor zero = Tensor::zeros({3, 4});
  const Variable kl = nats_from_prior(zero, zero);
  expect(kl.dim() == 0, "the result is a single number, of rank 0; it has rank " + std::to_string(kl.dim()));
  expect_close("KL for μ = 0, s = 0", kl.value(), Tensor::scalar(0));
}

TEST_CASE("examples computed by hand") {
  const auto one = [](double v) { return Tensor({1, 1}, {v}); };
  expect_close("KL for μ = 2, σ = 1: half of 4", nats_from_prior(one(2), one(0)).value(), Tensor::scalar(2));
  expect_close("KL for μ = 0, σ² = 4: half of 4 - 1 - log 4", nats_from_prior(one(0), one(std::log(4.0))).value(),
               Tensor::scalar(1.5 - std::log(2.0)));
  expect_close("two images, two latent dimensions each: (½ + 2 + 0 + 0) / 2",
               nats_from_prior(Tensor({2, 2}, {1, 2, 0, 0}), Tensor::zeros({2, 2})).value(), Tensor::scalar(1.25));
}

TEST_CASE("a Monte Carlo estimate agrees: the mean of log q(z) - log p(z) over z ~ q") {
  Rng rng(1);
  const double mean = 0.7, sigma = 0.4;
  double sum = 0;
  const Tensor epsilon = rng.normal({40000});
  for (const Scalar e : epsilon.values()) {
    const double h = mean + sigma * e;
    sum += -0.5 * e * e - std::log(sigma) + 0.5 * h * h;
  }
  expect_close("KL for μ = 0.7, σ = 0.4",
               nats_from_prior(Tensor({1, 1}, {mean}), Tensor({1, 1}, {2 * std::log(sigma)})).item(), sum / 40000,
               0.02);
}

TEST_CASE("its gradient is right, by finite differences") {
  Rng rng(2);
  const auto op = [](std::span<const Variable> in) { return nats_from_prior(in[0], in[1]); };
  expect_right("the gradient check", gradcheck("nats_from_prior", op, {rng.normal({3, 2}), rng.normal({3, 2})}));
}
