#include <hourglass/report/comparison.h>

#include <limits>

#include "tests/check.h"

using namespace hourglass;

TEST_CASE("a comparison counts the uses in which the simpler method is as good, ties with it") {
  report::Comparison uses;
  uses.add("accuracy", "accuracy", 0.9, 0.8);
  uses.add("bits", "bits", 0.5, 0.25, true);
  uses.add("a tie", "tie", 1, 1);
  CHECK(uses.plain_as_good == 2);
  CHECK(uses.metrics.at("bits_plain_tool") == 0.25);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FAILS(uses.add("lost", "lost", nan, 1), "comparison: lost: the network's figure is nan");
  CHECK_FAILS(uses.add("lost", "lost", 1, nan), "the simpler method's nan: neither is better");
  CHECK(uses.metrics.count("lost_network") == 0);
  CHECK(uses.table.rows[0] == std::vector<std::string>{"accuracy", "0.900", "0.800"});
}
