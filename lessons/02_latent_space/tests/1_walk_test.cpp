#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor walk(const Tensor& h0, const Tensor& h1, Index points);  // the student's function

TEST_CASE("from (0, 10) to (4, -10) in five points: steps of (1, -5)") {
  expect_close("walk((0, 10), (4, -10), 5)", walk(Tensor({2}, {0, 10}), Tensor({2}, {4, -10}), 5),
               Tensor({5, 2}, {0, 10, 1, 5, 2, 0, 3, -5, 4, -10}));
}

TEST_CASE("with two points the result is the two codes") {
  const Tensor h0({3}, {1, 2, 3}), h1({3}, {-1, 5, 0});
  expect_close("walk(h0, h1, 2)", walk(h0, h1, 2), Tensor({2, 3}, {1, 2, 3, -1, 5, 0}));
}

TEST_CASE("between equal codes every point is that code") {
  const Tensor h = Rng(1).normal({4});
  const Tensor path = walk(h, h, 3);
  for (Index i = 0; i < 3; ++i)
    for (Index j = 0; j < 4; ++j)
      expect_close("row " + std::to_string(i) + " of walk(h, h, 3)", static_cast<double>(path.at({i, j})),
                   static_cast<double>(h.at({j})));
}

TEST_CASE("from h1 to h0 the rows are the same in the opposite order") {
  const Tensor h0 = Rng(2).normal({5}), h1 = Rng(3).normal({5});
  const Tensor there = walk(h0, h1, 7), back = walk(h1, h0, 7);
  for (Index i = 0; i < 7; ++i)
    for (Index j = 0; j < 5; ++j)
      expect_close("row " + std::to_string(i) + " from h0 to h1, and row " + std::to_string(6 - i) + " from h1 to h0",
                   static_cast<double>(back.at({6 - i, j})), static_cast<double>(there.at({i, j})));
}
