#include <cmath>
#include <string>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double cheapest(double z, double lambda);  // what the student writes

TEST_CASE("without a penalty, h is z") {
  for (const double z : {-2.0, -0.1, 0.0, 0.3, 5.0})
    expect_close("cheapest(" + std::to_string(z) + ", 0)", cheapest(z, 0), z);
}

TEST_CASE("worked out by hand") {
  expect_close("cheapest(3, 1): 2 (h - 3) + 1 = 0", cheapest(3, 1), 2.5);
  expect_close("cheapest(-3, 1)", cheapest(-3, 1), -2.5);
  expect_close("cheapest(0.4, 1): any h but 0 raises the penalty by more than it lowers the error", cheapest(0.4, 1),
               0);
  expect_close("cheapest(-0.4, 1)", cheapest(-0.4, 1), 0);
  expect(cheapest(0.4, 1) == 0 && cheapest(-1, 3) == 0, "for |z| <= λ/2 the result is exactly 0");
}

TEST_CASE("no other h nearby has a smaller sum") {
  for (const double z : {-1.7, -0.6, -0.2, 0.0, 0.2, 0.6, 1.7})
    for (const double lambda : {0.1, 0.5, 2.0}) {
      const auto cost = [&](double h) { return (h - z) * (h - z) + lambda * std::abs(h); };
      const double h = cheapest(z, lambda);
      for (const double step : {-1.0, -0.1, -0.001, 0.001, 0.1, 1.0})
        expect(cost(h) <= cost(h + step) + 1e-12, "for z = " + std::to_string(z) + ", λ = " + std::to_string(lambda) +
                                                      " the sum at h = " + std::to_string(h) +
                                                      " is not larger than at " + std::to_string(h + step));
    }
}
