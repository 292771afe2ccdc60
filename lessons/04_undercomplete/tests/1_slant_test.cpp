#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double slant_of(const Tensor& image);  // what the student writes

TEST_CASE("a vertical stroke has slant 0, one column right per row 1, one column left per row -1") {
  expect_close("of | ", slant_of(Tensor({3, 4}, {0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0})), 0);
  expect_close("of \\ ", slant_of(Tensor({3, 4}, {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0})), 1);
  expect_close("of / ", slant_of(Tensor({3, 4}, {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0})), -1);
}

TEST_CASE("two columns right per row give slant 2, one column in two rows 1/2") {
  expect_close("of a flat stroke", slant_of(Tensor({2, 4}, {0, 1, 0, 0, 0, 0, 0, 1})), 2);
  expect_close("of a steep stroke", slant_of(Tensor({3, 2}, {1, 0, 0, 0, 0, 1})), 0.5);
}

TEST_CASE("grey values are weights: 1, 1 and 1/2, worked out by hand") {
  // rows 0, 1, 2 at columns 0, 0, 2: mean row 0.8, mean column 0.4; Σ w (r-r̄)(c-c̄) = 1.2, Σ w (r-r̄)² = 1.4
  expect_close("of 1 at (0, 0), 1 at (1, 0), 1/2 at (2, 2)", slant_of(Tensor({3, 3}, {1, 0, 0, 1, 0, 0, 0, 0, 0.5})),
               1.2 / 1.4);
}

TEST_CASE("the slant does not depend on position or brightness") {
  const Tensor part = Rng(1).uniform({3, 3});
  Tensor a = Tensor::zeros({6, 7}), b = Tensor::zeros({6, 7});
  for (Index r = 0; r < 3; ++r)
    for (Index c = 0; c < 3; ++c) {
      a.write_()[r * 7 + c] = part.at({r, c});
      b.write_()[(r + 3) * 7 + c + 2] = part.at({r, c}) / 3;
    }
  expect_close("the slant of the shifted image with a third of the grey values", slant_of(b), slant_of(a));
}

TEST_CASE("where the slant is undefined it is 0") {
  expect_close("of an empty image", slant_of(Tensor::zeros({3, 3})), 0);
  expect_close("of ink in one row", slant_of(Tensor({3, 3}, {0, 0, 0, 1, 1, 1, 0, 0, 0})), 0);
}
