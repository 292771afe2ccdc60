#include <algorithm>
#include <cmath>

#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double local_dimension(const std::vector<std::vector<double>>& distances);  // what the student writes

namespace {

// The 10 smallest distances of 2,000 points from the centre of an m-dimensional ball, for 400 such balls.
std::vector<std::vector<double>> ball(int m, Rng& rng) {
  std::vector<std::vector<double>> rows;
  for (int row = 0; row < 400; ++row) {
    std::vector<double> all;
    const Tensor u = rng.uniform({2000});
    for (const Scalar v : u.values()) all.push_back(std::pow(v + 1e-12, 1.0 / m));
    std::partial_sort(all.begin(), all.begin() + 10, all.end());
    rows.emplace_back(all.begin(), all.begin() + 10);
  }
  return rows;
}

}  // namespace

TEST_CASE("computed by hand: distances 1 and e give 1/m = 1") {
  expect_close("m for (1, e)", local_dimension({{1, std::exp(1.0)}}), 1);
  expect_close("m for (1, 1, e): (1 + 1) / 2", local_dimension({{1, 1, std::exp(1.0)}}), 1);
  expect_close("m for (1, e, e²): (2 + 1) / 2", local_dimension({{1, std::exp(1.0), std::exp(2.0)}}), 2 / 3.0);
}

TEST_CASE("1/m is averaged, not m") {
  expect_close("m for two points of m = 1 and m = 1/3", local_dimension({{1, std::exp(1.0)}, {1, std::exp(3.0)}}), 0.5);
}

TEST_CASE("the unit of length does not change the result") {
  expect_close("m for (100, 250, 300)", local_dimension({{100, 250, 300}}), local_dimension({{2, 5, 6}}));
}

TEST_CASE("balls of 1, 3 and 7 dimensions") {
  Rng rng(1);
  for (const int m : {1, 3, 7})
    expect_close("m of a ball of " + std::to_string(m), local_dimension(ball(m, rng)), m, 0.06);
}
