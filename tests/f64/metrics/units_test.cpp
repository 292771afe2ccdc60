#include <hourglass/metrics/units.h>

#include <hourglass/tensor/error.h>
#include "tests/check.h"

using namespace hourglass;
using doctest::Approx;

TEST_CASE("A unit's strongest images are those with its largest activations, if it is active often enough") {
  // four images, three units: the second answers to two images only, the third has equal answers
  const Tensor h({4, 3}, {0.1, 0, 2, 0.9, 5, 2, 0.5, 0, 1, 0.7, 1, 2});
  const auto strongest = metrics::strongest_images(h, 3);
  CHECK(strongest[0] == std::vector{1, 3, 2});
  CHECK(strongest[1].empty());
  CHECK(strongest[2] == std::vector{0, 1, 3});
  CHECK(metrics::strongest_images(h, 3, Scalar(0.5))[0].empty());  // two lie above, one at the threshold
  CHECK(metrics::strongest_images(h, 2, Scalar(0.5))[0] == std::vector{1, 3});
  CHECK_THROWS_AS(metrics::strongest_images(h, 0), Error);
  CHECK_THROWS_AS(metrics::strongest_images(Tensor({3}, {1, 2, 3}), 1), Error);
}

TEST_CASE("Purity is the share of the commonest label, averaged over the active units") {
  const std::vector<int> labels{7, 7, 3, 7};
  CHECK(metrics::purity({{0, 1, 3}, {}, {2, 0}}, labels) == Approx((1 + 0.5) / 2));
  CHECK(metrics::purity({{0, 1, 2, 3}}, labels) == Approx(0.75));
  CHECK(metrics::purity({{}, {}}, labels) == 0);
  CHECK_THROWS_AS(metrics::purity({{4}}, labels), Error);
}
