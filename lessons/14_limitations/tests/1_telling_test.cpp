#include <span>
#include <vector>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double telling(std::span<const double> own, std::span<const double> strange);  // the student's function

using Errors = std::vector<double>;

TEST_CASE("the area is 1 if all anomalies have larger errors, and 0 if all have smaller ones") {
  expect_close("telling({1, 2}, {3, 4, 5})", telling(Errors{1, 2}, Errors{3, 4, 5}), 1);
  expect_close("telling({3, 4}, {1, 2, 2.5})", telling(Errors{3, 4}, Errors{1, 2, 2.5}), 0);
}

TEST_CASE("every pair counts") {
  expect_close("telling({1, 3}, {2, 4, 5}): 5 of 6 pairs", telling(Errors{1, 3}, Errors{2, 4, 5}), 5.0 / 6);
}

TEST_CASE("a pair of equal errors counts half") {
  expect_close("telling({1, 2, 3}, {1, 2, 3})", telling(Errors{1, 2, 3}, Errors{1, 2, 3}), 0.5);
  expect_close("telling({2}, {2, 3})", telling(Errors{2}, Errors{2, 3}), 0.75);
}
