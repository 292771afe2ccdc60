#include <cmath>
#include <numbers>

#include <hourglass/metrics/regression.h>
#include <hourglass/metrics/strokes.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

namespace {

// y = x[:, 0]*x[:, 1] + 2*x[:, 2] + 3, with x of samples.h
std::vector<double> quantity(const Tensor& x) {
  std::vector<double> y;
  for (Index i = 0; i < x.size(0); ++i) y.push_back(x.at({i, 0}) * x.at({i, 1}) + 2 * x.at({i, 2}) + 3);
  return y;
}

// A bar of ink on a sheet of 30 × 30: `length` rows of `width` pixels, each row moved `step` to the right of the one
// below.
Tensor bar(int length, int width, int step) {
  Tensor x = Tensor::zeros({1, 900});
  for (int row = 0; row < length; ++row)
    for (int u = 0; u < width; ++u) x.write_()[(5 + row) * 30 + 3 + u + step * (length - 1 - row)] = 1;
  return x;
}

}  // namespace

TEST_CASE("The regression is scikit-learn's, with and without a penalty") {
  const Tensor x = sample_rows(0, 40), test = sample_rows(40, 20);
  // m = sklearn.linear_model.LinearRegression().fit(x[:40], y[:40]); m.coef_[2], m.intercept_, m.score(x[40:], y[40:])
  const metrics::LinearRegression plain(x, quantity(x));
  CHECK(plain.weights[2] == Approx(1.9554985780022869).epsilon(1e-10));
  CHECK(plain.bias == Approx(2.764292852099018).epsilon(1e-10));
  CHECK(plain.r_squared(test, quantity(test)) == Approx(0.946992950252045).epsilon(1e-10));
  // m = Ridge(alpha=0.5*40)
  const metrics::LinearRegression ridge(x, quantity(x), 0.5);
  CHECK(ridge.weights[2] == Approx(1.1261643972973154).epsilon(1e-10));
  CHECK(ridge.r_squared(test, quantity(test)) == Approx(0.7242066656024929).epsilon(1e-10));
}

TEST_CASE("A redundant column gets half of the weight, a constant one none") {
  const Tensor x({3, 3}, {0, 0, 7, 1, 1, 7, 2, 2, 7});
  const metrics::LinearRegression twice(x, std::vector<double>{1, 5, 9});
  CHECK(twice.weights[0] == Approx(2));
  CHECK(twice.weights[1] == Approx(2));
  CHECK(std::abs(twice.weights[2]) < 1e-12);
  CHECK(twice.bias == Approx(1));
}

TEST_CASE("A bar's slant and width are known") {
  CHECK(metrics::slants(bar(9, 3, 0), 30, 30)[0] == Approx(0));
  CHECK(metrics::slants(bar(9, 3, 1), 30, 30)[0] == Approx(45));
  CHECK(metrics::slants(bar(9, 3, 2), 30, 30)[0] == Approx(std::atan(2) * 180 / std::numbers::pi));
  CHECK(metrics::slants(bar(1, 9, 0), 30, 30)[0] == 0);
  // round a bar of 20 × 3, all four sides, the corner where both steps meet being √2 long
  const double around = 2 * (20 + 3) - 2 + std::sqrt(2);
  CHECK(metrics::contour_lengths(bar(20, 3, 0), 30, 30)[0] == Approx(around));
  CHECK(metrics::stroke_widths(bar(20, 3, 0), 30, 30)[0] == Approx(2 * 60 / around));
  CHECK(metrics::contour_lengths(Tensor::full({1, 6}, 1), 2, 3)[0] == Approx(10 - 2 + std::sqrt(2)));  // to the edges
  CHECK(metrics::stroke_widths(Tensor::zeros({1, 6}), 2, 3)[0] == 0);
  CHECK(metrics::slants(Tensor::zeros({1, 6}), 2, 3)[0] == 0);
}

TEST_CASE("Attributes: what does not fit is refused") {
  const Tensor x = sample_rows(0, 3);
  CHECK_FAILS(metrics::LinearRegression(x, std::vector<double>{1, 2}), "2 numbers for features [3, 5]");
  CHECK_FAILS(metrics::LinearRegression(x, std::vector<double>{1, 2, 3}, -1), "l2 is -1");
  const metrics::LinearRegression fitted(x, std::vector<double>{1, 2, 3});
  CHECK_FAILS(fitted.predict(Tensor::zeros({1, 4})), "fitted to 5 columns");
  CHECK_FAILS(fitted.r_squared(x, std::vector<double>{2, 2, 2}), "all 3 numbers are 2");
  CHECK_FAILS(metrics::LinearRegression(sample_rows(0, 10), quantity(sample_rows(0, 10)))
                  .r_squared(sample_rows(0, 10), std::vector<double>(10, 0.1)),
              "all 10 numbers are 0.1");
  CHECK_FAILS(metrics::slants(x, 2, 3), "images of 2 × 3 in [3, 5]");
}
