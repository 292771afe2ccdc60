#include <span>
#include <vector>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// the student's functions
int symbol(double h, double step);
double bits(std::span<const int> symbols);

TEST_CASE("a number is rounded to the nearest multiple of the step") {
  expect_close("symbol(1.3, 0.5), 2.6 steps", symbol(1.3, 0.5), 3);
  expect_close("symbol(1.2, 0.5), 2.4 steps", symbol(1.2, 0.5), 2);
  expect_close("symbol(-1.3, 0.5)", symbol(-1.3, 0.5), -3);
  expect_close("symbol(-0.1, 2)", symbol(-0.1, 2), 0);
}

TEST_CASE("two equally frequent symbols take one bit each, four take two") {
  expect_close("bits of 0 1 1 0 0 1", bits(std::vector<int>{0, 1, 1, 0, 0, 1}), 6);
  expect_close("bits of 7 -2 0 5", bits(std::vector<int>{7, -2, 0, 5}), 8);
}

TEST_CASE("frequent symbols take fewer bits than rare ones") {
  // three of four are 1: 3 log2(4/3) + log2(4)
  expect_close("bits of 1 1 9 1", bits(std::vector<int>{1, 1, 9, 1}), 3.2451124978365313);
}

TEST_CASE("equal symbols, or none, take no bits") {
  expect_close("bits of 4 4 4 4 4", bits(std::vector<int>{4, 4, 4, 4, 4}), 0);
  expect_close("bits of no symbols", bits({}), 0);
}
