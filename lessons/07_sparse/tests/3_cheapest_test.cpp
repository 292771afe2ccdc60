#include <cmath>
#include <string>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double cheapest(double z, double lambda);  // what the student writes

TEST_CASE("without a price, h is what is best for the image") {
  for (const double z : {-2.0, -0.1, 0.0, 0.3, 5.0})
    expect_close("cheapest(" + std::to_string(z) + ", 0)", cheapest(z, 0), z);
}

TEST_CASE("worked out by hand") {
  expect_close("cheapest(3, 1): 2 (h - 3) + 1 = 0", cheapest(3, 1), 2.5);
  expect_close("cheapest(-3, 1)", cheapest(-3, 1), -2.5);
  expect_close("cheapest(0.4, 1): to say anything costs more than it helps", cheapest(0.4, 1), 0);
  expect_close("cheapest(-0.4, 1)", cheapest(-0.4, 1), 0);
  expect(cheapest(0.4, 1) == 0 && cheapest(-1, 3) == 0, "small numbers become 0 exactly");
}

TEST_CASE("no number nearby is cheaper") {
  for (const double z : {-1.7, -0.6, -0.2, 0.0, 0.2, 0.6, 1.7})
    for (const double lambda : {0.1, 0.5, 2.0}) {
      const auto cost = [&](double h) { return (h - z) * (h - z) + lambda * std::abs(h); };
      const double h = cheapest(z, lambda);
      for (const double step : {-1.0, -0.1, -0.001, 0.001, 0.1, 1.0})
        expect(cost(h) <= cost(h + step) + 1e-12, "for z = " + std::to_string(z) + ", λ = " + std::to_string(lambda) +
                                                      " the answer " + std::to_string(h) + " costs no more than " +
                                                      std::to_string(h + step));
    }
}
