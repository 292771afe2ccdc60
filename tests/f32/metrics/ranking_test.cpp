#include <hourglass/metrics/ranking.h>

#include <cmath>
#include <vector>

#include "tests/check.h"

using namespace hourglass;
using metrics::area_under_roc;

TEST_CASE("the area under the ROC curve counts pairs, ties half") {
  const std::vector<double> own{0.1, 0.35, 0.35, 0.8}, strange{0.35, 0.4, 0.9};
  // By hand: 0.35 is above one and ties with two, 0.4 is above three, 0.9 above four: (1 + 1 + 3 + 4) / 12.
  CHECK(area_under_roc(own, strange) == doctest::Approx(9.0 / 12));
  CHECK(area_under_roc(strange, own) == doctest::Approx(3.0 / 12));
  CHECK(area_under_roc(own, own) == doctest::Approx(0.5));
  CHECK_FAILS(area_under_roc(own, {}), "4 own and 0 strange scores");
  CHECK_FAILS(area_under_roc(own, std::vector<double>{std::nan("")}), "area_under_roc: strange score 0 is nan");
}
