#include <hourglass/tensor/reduce.h>

#include <cmath>
#include <limits>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

namespace {

constexpr Scalar missing = std::numeric_limits<Scalar>::quiet_NaN();

// 1, 2, 3, …
Tensor counting(const Shape& shape) {
  Tensor x(shape);
  Scalar* to = x.write_();
  for (Index i = 0; i < x.numel(); ++i) to[i] = static_cast<Scalar>(i + 1);
  return x;
}

}  // namespace

TEST_CASE("the sum of all numbers") {
  for (const Index n : {1, 15, 16, 17, 40, 100'000})
    expect_close(text("sum of 1 to ", n), sum(counting({n})).item(), static_cast<double>(n * (n + 1) / 2));
  expect_close("mean of 1 to 100", mean(counting({100})).item(), 50.5);
}

TEST_CASE("the sum along the last axis: one number a row") {
  const Tensor x = counting({2, 3});
  expect_close("sum([[1, 2, 3], [4, 5, 6]], 1)", sum(x, 1), Tensor({2}, {6, 15}));
  expect_close("the same with Keep::yes", sum(x, 1, Keep::yes), Tensor({2, 1}, {6, 15}));
  expect_close("mean([[1, 2, 3], [4, 5, 6]], 1)", mean(x, 1), Tensor({2}, {2, 5}));
  const Index rows = 10'000;      // several chunks
  { Tensor::full({rows}, 1e6); }  // goes back to the pool at once
  const Tensor many = sum(counting({rows, 2}), 1);
  for (const Index row : {2, 3, 4096, 9999})
    expect_close(text("row ", row, " of [10000, 2]"), many.at({row}), static_cast<double>(4 * row + 3));
}

TEST_CASE("the sum along another axis: one number a column") {
  expect_close("sum([[1, 2, 3], [4, 5, 6]], 0)", sum(counting({2, 3}), 0), Tensor({3}, {5, 7, 9}));
  expect_close("mean([[1, 2, 3], [4, 5, 6]], 0)", mean(counting({2, 3}), 0), Tensor({3}, {2.5, 3.5, 4.5}));
  expect_close("sum of [2, 2, 2] along axis 1", sum(counting({2, 2, 2}), 1), Tensor({2, 2}, {4, 6, 12, 14}));
  const Tensor wide = sum(counting({3, 200}), 0);
  for (const Index column : {100, 150})
    expect_close(text("column ", column, " of [3, 200]"), wide.at({column}), static_cast<double>(3 * column + 603));
}

TEST_CASE("a sum of many small numbers beside a large one keeps its digits") {
  Tensor x = Tensor::full({1001}, Scalar(1e-9));
  x.write_()[0] = 1;
  expect_close("(1 + 1000 · 1e-9 - 1) · 1e6", (sum(x).item() - 1) * 1e6, 1, 1e-6);
}

TEST_CASE("the largest and the smallest, and NaN where one is NaN") {
  const Tensor x({2, 3}, {-1, -5, -2, 7, 3, 9});
  expect_close("amax along the rows", amax(x, 1), Tensor({2}, {-1, 9}));
  expect_close("amin along the columns", amin(x, 0), Tensor({3}, {-1, -5, -2}));
  expect(std::isnan(amax(Tensor({3}, {1, missing, 3}), 0).item()), "the largest of {1, NaN, 3} is NaN");
  expect(std::isnan(amin(Tensor({3}, {missing, 1, 3}), 0).item()), "the smallest of {NaN, 1, 3} is NaN");
}

TEST_CASE("the position of the largest, the first of equals") {
  const auto at = [](const Tensor& x, int axis) {
    std::string found;
    for (const int position : argmax(x, axis)) found += std::to_string(position) + " ";
    return found;
  };
  expect(at(Tensor({2, 3}, {1, 5, 2, 9, 3, 9}), 1) == "1 0 ", "argmax of {1, 5, 2} is 1, of {9, 3, 9} is 0");
  expect(at(Tensor({3, 2}, {1, 5, 2, 4, 3, 9}), 0) == "2 2 ",
         "argmax along the columns of [[1, 5], [2, 4], [3, 9]] is {2, 2}");
  expect(at(Tensor({3}, {1, missing, 7}), 0) == "1 ", "argmax of {1, NaN, 7} is 1: NaN counts as the largest");
  expect(at(Tensor({2}, {-3, -2}), 0) == "1 ", "argmax of {-3, -2} is 1");
}

TEST_CASE("the gradient of a repeated operand is the sum over the repetitions") {
  const Tensor x = counting({2, 3});
  expect_close("[2, 3] to [3]", sum_to(x, {3}), Tensor({3}, {5, 7, 9}));
  expect_close("[2, 3] to [2, 1]", sum_to(x, {2, 1}), Tensor({2, 1}, {6, 15}));
  expect_close("[2, 3] to [1, 3]", sum_to(x, {1, 3}), Tensor({1, 3}, {5, 7, 9}));
  expect_close("[2, 2, 2] to [2, 1]", sum_to(counting({2, 2, 2}), {2, 1}), Tensor({2, 1}, {14, 22}));
  expect_close("[2, 3] to [2, 3]", sum_to(x, {2, 3}), x);
}
