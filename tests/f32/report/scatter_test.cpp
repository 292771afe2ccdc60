#include <hourglass/report/scatter.h>

#include <limits>

#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::report;

TEST_CASE("a scatter puts each point where it belongs, in its label's colour") {
  const std::vector<int> labels{0, 3, 11};
  const Picture picture = scatter(Tensor({3, 2}, {-2, -1, 2, 1, 2, -1}), labels, 240, 200);
  CHECK(picture.width == 240);
  CHECK(picture.height == 200);
  const auto is = [&](int x, int y, int r, int g, int b) {
    const std::uint8_t* p = picture.at(x, y);
    return p[0] == r && p[1] == g && p[2] == b;
  };
  // 4 wide and 2 high become 216 and 108, about (120, 114)
  CHECK(is(12, 168, 31, 119, 180));
  CHECK(is(228, 60, 214, 39, 40));
  CHECK(is(228, 168, 255, 127, 14));  // the eleventh label has the first one's neighbour's colour again
  CHECK(is(120, 114, 255, 255, 255));
}

TEST_CASE("without labels all points are of one colour, and no label stands above them") {
  const Picture picture = scatter(Tensor({2, 2}, {-2, -1, 2, 1}), {}, 240, 200);
  CHECK(picture.at(12, 168)[0] == 31);
  CHECK(picture.at(228, 60)[0] == 31);
  for (int x = 0; x < 240; ++x)
    for (int y = 0; y < 40; ++y) CHECK(picture.at(x, y)[0] == 255);
}

TEST_CASE("a single point stands in the middle, and what is no position is refused") {
  const std::vector<int> one{0}, below{-1};
  CHECK(scatter(Tensor({1, 2}, {5, 7}), one, 240, 200).at(120, 114)[0] == 31);
  CHECK_FAILS(scatter(Tensor({1, 3}, {5, 7, 8}), one), "scatter: expected points [n, 2], found [1, 3]");
  CHECK_FAILS(scatter(Tensor({2, 2}, {5, 7, 8, 9}), one), "scatter: 1 labels for [2, 2]");
  CHECK_FAILS(scatter(Tensor({1, 2}, {5, 7}), below), "scatter: a label is below 0");
  CHECK_FAILS(scatter(Tensor({1, 2}, {5, std::numeric_limits<Scalar>::infinity()}), one),
              "scatter: place 0 is not finite");
}
