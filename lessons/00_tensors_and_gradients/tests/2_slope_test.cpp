#include <cmath>
#include <functional>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor slopes(const std::function<double(const Tensor&)>& f, const Tensor& x);  // the student's function

TEST_CASE("the gradient of the linear function 3 a - 2 b is (3, -2) everywhere") {
  const auto line = [](const Tensor& x) { return 3 * x.at({0}) - 2 * x.at({1}); };
  expect_close("its gradient at (4, 5)", slopes(line, Tensor({2}, {4, 5})), Tensor({2}, {3, -2}), 1e-6);
}

TEST_CASE("the gradient of the non-linear function exp(2 a) sin(b) is correct to 10^-6") {
  const auto f = [](const Tensor& x) { return std::exp(2 * x.at({0})) * std::sin(x.at({1})); };
  for (const double a : {-1.0, 0.0, 1.0})
    for (const double b : {-0.5, 0.3, 2.0})
      expect_close("its gradient at (" + std::to_string(a) + ", " + std::to_string(b) + ")",
                   slopes(f, Tensor({2}, {a, b})),
                   Tensor({2}, {2 * std::exp(2 * a) * std::sin(b), std::exp(2 * a) * std::cos(b)}), 1e-6);
}

TEST_CASE("x does not change") {
  const Tensor x({2}, {1, 2});
  slopes([](const Tensor& at) { return at.at({0}) * at.at({1}); }, x);
  expect_close("x afterwards", x, Tensor({2}, {1, 2}), 0);
}
