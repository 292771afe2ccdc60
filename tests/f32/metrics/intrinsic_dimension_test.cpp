#include <hourglass/metrics/intrinsic_dimension.h>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

// 3 numbers, spread over 50 by a matrix, away from 0: squares in float leave little of a small distance.
Tensor points(Index n) {
  Rng rng(1);
  return matmul(rng.uniform({n, 3}), rng.normal({3, 50})) + 3;
}

Tensor both(const Tensor& a, const Tensor& b) { return cat(std::vector<Tensor>{a, b}, 0); }

}  // namespace

TEST_CASE("Points that coincide lie at distance 0 and are left out of the dimension in float too") {
  const Tensor x = points(1000);
  const metrics::Neighbors twice = metrics::nearest_others(both(x, x), 2);
  for (Index i = 0; i < 2000; ++i) {
    REQUIRE(twice.distances[static_cast<std::size_t>(2 * i)] == 0);
    REQUIRE(twice.of(i)[0] == (i + 1000) % 2000);
    REQUIRE(twice.distances[static_cast<std::size_t>(2 * i + 1)] > 0);
  }
  CHECK_FAILS(metrics::intrinsic_dimension(metrics::nearest_others(both(x, x), 10)), "coincide");
}

TEST_CASE("A tenth of the points given twice changes the dimension little") {
  const Tensor x = points(1000);
  const double once = metrics::intrinsic_dimension(metrics::nearest_others(x, 10));
  CHECK(once == doctest::Approx(3).epsilon(0.1));
  CHECK(metrics::intrinsic_dimension(metrics::nearest_others(both(x, narrow(x, 0, 0, 100)), 10)) ==
        doctest::Approx(once).epsilon(0.05));
}
