#include <hourglass/metrics/estimate.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tests/check.h"

using namespace hourglass;
using doctest::Approx;

TEST_CASE("An estimate is the mean and s / √n") {
  const metrics::Estimate e = metrics::estimate(std::vector<double>{1, 2, 3, 6});
  CHECK(e.mean == 3);
  CHECK(e.standard_error == Approx(std::sqrt(14.0 / 3 / 4)));
  CHECK(metrics::estimate(std::vector<double>{5}).standard_error == 0);
  CHECK_FAILS(metrics::estimate({}), "no values");
}

TEST_CASE("log Σ e^v neither overflows nor loses infinities") {
  const double none = -std::numeric_limits<double>::infinity();
  CHECK(metrics::log_sum_exp(std::vector<double>{1000, 1000}) == Approx(1000 + std::log(2)));
  CHECK(metrics::log_sum_exp(std::vector<double>{-1e6, none}) == -1e6);
  CHECK(metrics::log_sum_exp(std::vector<double>{none, none}) == none);
  CHECK(metrics::log_sum_exp({}) == none);
}
