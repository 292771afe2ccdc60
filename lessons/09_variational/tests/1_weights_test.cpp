#include <cmath>
#include <vector>

#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double log_mean_weight(std::span<const double> log_weights);  // what the student writes

TEST_CASE("the mean of equal weights is that weight") {
  expect_close("for -100, -100, -100", log_mean_weight(std::vector<double>{-100, -100, -100}), -100);
  expect_close("for 3 alone", log_mean_weight(std::vector<double>{3}), 3);
}

TEST_CASE("computed by hand: the mean of 1 and 3 is 2") {
  expect_close("for log 1, log 3", log_mean_weight(std::vector<double>{0, std::log(3.0)}), std::log(2.0));
}

TEST_CASE("weights that overflow or underflow in floating point") {
  expect_close("for -1200 and -5000", log_mean_weight(std::vector<double>{-1200, -5000}), -1200 - std::log(2.0));
  expect_close("for 900 and 900 + log 3", log_mean_weight(std::vector<double>{900, 900 + std::log(3.0)}),
               900 + std::log(2.0));
}

TEST_CASE("a model whose likelihood is known: z ~ N(0, 1), x ~ N(z, 1), so that x ~ N(0, 2)") {
  Rng rng(1);
  const double x = 1.3;  // q(z|x) = N(0.5, 1), which is not the posterior
  std::vector<double> weights;
  const Tensor epsilon = rng.normal({50000});
  double elbo = 0;
  for (const Scalar e : epsilon.values()) {
    const double h = 0.5 + e;
    weights.push_back(-0.5 * std::log(2 * M_PI) - 0.5 * (x - h) * (x - h) - 0.5 * h * h + 0.5 * e * e);
    elbo += weights.back() / 50000;
  }
  expect_close("log p(1.3)", log_mean_weight(weights), -0.5 * std::log(4 * M_PI) - x * x / 4, 0.01);
  expect(log_mean_weight(weights) > elbo, "it lies above the ELBO, the mean of the logarithms");
}
