#include <vector>

#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double share_of_alike(const Tensor& h, std::span<const int> labels);  // the student's function

TEST_CASE("two clusters of two: each nearest row has the same label") {
  const std::vector<int> labels{1, 4, 1, 4};
  expect_close("share for (0, 0), (9, 9), (0, 1), (9, 8) with labels 1, 4, 1, 4",
               share_of_alike(Tensor({4, 2}, {0, 0, 9, 9, 0, 1, 9, 8}), labels), 1);
}

TEST_CASE("a row is not its own neighbour") {
  const std::vector<int> labels{0, 1, 0};
  expect_close("share for 0, 1, 5 with labels 0, 1, 0", share_of_alike(Tensor({3, 1}, {0, 1, 5}), labels), 0);
}

TEST_CASE("all numbers of a code count, not only the first") {
  const std::vector<int> labels{0, 1, 0, 1};
  expect_close("share for (0, 0), (0, 9), (1, 0), (1, 9) with labels 0, 1, 0, 1",
               share_of_alike(Tensor({4, 2}, {0, 0, 0, 9, 1, 0, 1, 9}), labels), 1);
}

TEST_CASE("of equally near rows the earlier one counts") {
  const std::vector<int> labels{0, 0, 1};
  expect_close("share for -1, 0, 1 with labels 0, 0, 1: the nearest row of the middle one is row 0",
               share_of_alike(Tensor({3, 1}, {-1, 0, 1}), labels), 2.0 / 3);
}

TEST_CASE("the result does not depend on the order of the rows or on the label numbers") {
  const Tensor h = Rng(1).normal({20, 3});
  std::vector<int> labels, renamed, backwards;
  for (int i = 0; i < 20; ++i) labels.push_back(i % 3), renamed.push_back(7 - i % 3);
  Tensor turned({20, 3});
  for (Index i = 0; i < 20; ++i) {
    for (Index c = 0; c < 3; ++c) turned.write_()[(19 - i) * 3 + c] = h.data()[i * 3 + c];
    backwards.push_back(labels[static_cast<std::size_t>(19 - i)]);
  }
  const double share = share_of_alike(h, labels);
  expect_close("the share with other label numbers", share_of_alike(h, renamed), share);
  expect_close("the share with the rows in the opposite order", share_of_alike(turned, backwards), share);
}
