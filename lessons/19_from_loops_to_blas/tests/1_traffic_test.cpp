#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Index operations(Index m, Index n, Index k);
Index least_bytes(Index m, Index n, Index k);
Index striped_bytes(Index m, Index n, Index k, Index rows);
Index rows_needed(Index m, Index n, Index k, double intensity);

TEST_CASE("a product of [2, 3] and [3, 4]: 8 results of 3 multiplications and 3 additions") {
  expect_close("operations(2, 4, 3)", operations(2, 4, 3), 48);
}

TEST_CASE("at least, 6 + 12 numbers are read and 8 written") {
  expect_close("least_bytes(2, 4, 3)", least_bytes(2, 4, 3), 4 * (6 + 12 + 8));
}

TEST_CASE("stripes of one row read b for each row") {
  expect_close("striped_bytes(2, 4, 3, 1)", striped_bytes(2, 4, 3, 1), 4 * (6 + 24 + 8));
  expect_close("striped_bytes(512, 1000, 784, 6)", striped_bytes(512, 1000, 784, 6), 273349632);
}

TEST_CASE("one stripe of all rows moves the fewest bytes; a last stripe with fewer rows counts as one") {
  expect_close("striped_bytes(5, 7, 3, 5)", striped_bytes(5, 7, 3, 5), least_bytes(5, 7, 3));
  expect_close("striped_bytes(5, 7, 3, 2): three stripes", striped_bytes(5, 7, 3, 2), 4 * (15 + 63 + 35));
}

TEST_CASE("the smallest number of rows that reaches an intensity") {
  const Index m = 512, n = 1000, k = 784;
  const auto intensity = [&](Index rows) {
    return static_cast<double>(2 * m * n * k) /
           static_cast<double>(4 * (m * k + (m + rows - 1) / rows * k * n + m * n));
  };
  for (const Index rows : {1, 4, 16, 64})
    expect_close("rows_needed for the intensity of " + std::to_string(rows) + " rows",
                 static_cast<double>(rows_needed(m, n, k, intensity(rows) - 1e-9)), static_cast<double>(rows));
  expect(rows_needed(m, n, k, intensity(16) + 0.01) > 16, "a slightly larger intensity should need more than 16 rows");
  expect_close("rows_needed(64, 64, 64, 0.9)", rows_needed(64, 64, 64, 0.9), 2);
}

TEST_CASE("an intensity above that of a single stripe cannot be reached") {
  expect_close("rows_needed(8, 8, 8, 1.4): 1024 operations for 768 bytes are 1.33", rows_needed(8, 8, 8, 1.4), 0);
  expect_close("rows_needed(8, 8, 8, 1.33)", rows_needed(8, 8, 8, 1.33), 8);
}
