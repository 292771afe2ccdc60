#include <span>
#include <vector>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// the student's functions
double precision_among(std::span<const int> found, int label, int k);
double recall_among(std::span<const int> found, int label, int k, int relevant);

const std::vector<int> list = {7, 7, 1, 7, 9, 7, 7, 2};

TEST_CASE("precision is the share of the first k results that have the label") {
  expect_close("precision_among({7, 7, 1, 7, 9, 7, 7, 2}, 7, 1)", precision_among(list, 7, 1), 1);
  expect_close("the same, k = 4", precision_among(list, 7, 4), 0.75);
  expect_close("the same, k = 5", precision_among(list, 7, 5), 0.6);
  expect_close("of label 2, k = 5", precision_among(list, 2, 5), 0);
}

TEST_CASE("recall is the share of all relevant images that were found") {
  expect_close("recall_among(…, 7, 4, 10): 3 of 10", recall_among(list, 7, 4, 10), 0.3);
  expect_close("recall_among(…, 7, 8, 5): all 5", recall_among(list, 7, 8, 5), 1);
}

TEST_CASE("precision of a list shorter than k is the share of its results") {
  expect_close("precision_among({7, 1}, 7, 10)", precision_among(std::vector<int>{7, 1}, 7, 10), 0.5);
  expect_close("recall_among({7, 1}, 7, 10, 4)", recall_among(std::vector<int>{7, 1}, 7, 10, 4), 0.25);
}

TEST_CASE("without results or relevant images the value is 0, not a division by 0") {
  expect_close("precision of an empty list", precision_among({}, 7, 10), 0);
  expect_close("recall where nothing is relevant", recall_among(list, 3, 8, 0), 0);
}
