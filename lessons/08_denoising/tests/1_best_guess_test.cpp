#include <cmath>
#include <string>

#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor best_guess(const Tensor& y, const Tensor& points, Scalar sigma);  // what the student writes

TEST_CASE("for a single point the output is that point") {
  expect_close("one point (3, 4), y = (0, 0), σ = 1", best_guess(Tensor({2}, {0, 0}), Tensor({1, 2}, {3, 4}), 1),
               Tensor({2}, {3, 4}));
}

TEST_CASE("for two points at -1 and 1 the output is tanh(y / σ²)") {
  const Tensor points({2, 1}, {-1, 1});
  for (const double sigma : {0.5, 1.0, 2.0})
    for (const double y : {-1.5, -0.2, 0.0, 0.3, 1.0})
      expect_close("y = " + std::to_string(y) + ", σ = " + std::to_string(sigma),
                   best_guess(Tensor({1}, {y}), points, sigma), Tensor({1}, {std::tanh(y / (sigma * sigma))}));
}

TEST_CASE("in the plane the distance includes all coordinates") {
  const Tensor points({3, 2}, {0, 0, 2, 0, 0, 4});
  const double a = 1, b = std::exp(0.0), c = std::exp(-(1 + 9 - 2) / 2.0);  // at y = (1, 1): ‖·‖² = 2, 2, 10
  expect_close("points (0, 0), (2, 0), (0, 4), y = (1, 1), σ = 1", best_guess(Tensor({2}, {1, 1}), points, 1),
               Tensor({2}, {2 * b / (a + b + c), 4 * c / (a + b + c)}));
}

TEST_CASE("far from all points the output is the nearest one, and finite") {
  expect_close("points -1 and 1, y = 1000, σ = 0.1", best_guess(Tensor({1}, {1000}), Tensor({2, 1}, {-1, 1}), 0.1),
               Tensor({1}, {1}));
}

TEST_CASE("Tweedie's formula: r(y) - y is σ² times the derivative of log p(y)") {
  Rng rng(1);
  const Tensor points = rng.normal({20, 1});
  const double sigma = 0.6, step = 1e-5;
  const auto log_p = [&](double y) {
    double sum = 0;
    for (const Scalar x : points.values()) sum += std::exp(-(y - x) * (y - x) / (2 * sigma * sigma));
    return std::log(sum);
  };
  for (const double y : {-1.0, 0.1, 2.0})
    expect_close("20 points, σ = 0.6, y = " + std::to_string(y), best_guess(Tensor({1}, {y}), points, sigma).item() - y,
                 sigma * sigma * (log_p(y + step) - log_p(y - step)) / (2 * step), 1e-6);
}
