#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor distances_between(const Tensor& a, const Tensor& b);  // the student's function

TEST_CASE("two points and three, computed by hand") {
  const Tensor a({2, 2}, {0, 0, 1, 2}), b({3, 2}, {3, 4, 0, 0, 1, 1});
  expect_close("the squared distances of " + show(a) + " to " + show(b), distances_between(a, b),
               Tensor({2, 3}, {25, 0, 2, 8, 5, 1}));
}

TEST_CASE("the distances equal those of three nested loops") {
  const Tensor a = Rng(1).normal({6, 9}), b = Rng(2).normal({4, 9}, 3);
  const Tensor found = distances_between(a, b);
  Tensor expected({6, 4});
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < 4; ++j) {
      Scalar sum = 0;
      for (Index c = 0; c < 9; ++c) sum += (a.at({i, c}) - b.at({j, c})) * (a.at({i, c}) - b.at({j, c}));
      expected.write_()[i * 4 + j] = sum;
    }
  expect_close("six random points to four", found, expected);
}

TEST_CASE("a squared distance is never below 0, also far from the origin") {
  const Tensor x = Rng(3).uniform({30, 8}, 1000, 1001);
  const Tensor found = distances_between(x, x);
  double least = 0;
  for (const Scalar d : found.values()) least = std::min(least, static_cast<double>(d));
  expect(least >= 0, "the least of 900 squared distances is at least 0; it is " + std::to_string(least));
}
