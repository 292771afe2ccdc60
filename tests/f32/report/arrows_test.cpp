#include <hourglass/report/arrows.h>

#include <limits>

#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::report;

TEST_CASE("an arrow goes from its tail to its thick end, and dots stand where the points are") {
  // 4 wide and 2 high become 212 and 106, about (120, 100)
  const Picture picture = arrows(Tensor({1, 2}, {-2, -1}), Tensor({1, 2}, {2, -1}), Tensor({1, 2}, {0, 1}), 240, 200);
  CHECK(picture.width == 240);
  CHECK(picture.height == 200);
  const auto blue = [&](int x, int y) { return picture.at(x, y)[0] < 128 && picture.at(x, y)[2] > 128; };
  const auto white = [&](int x, int y) { return picture.at(x, y)[0] == 255 && picture.at(x, y)[2] == 255; };
  CHECK(blue(226, 153));   // the head
  CHECK(blue(226, 151));   // which is thick
  CHECK(blue(120, 153));   // the shaft
  CHECK(white(120, 150));  // which is not
  CHECK(white(16, 150));   // nor is the tail
  CHECK(picture.at(120, 47)[0] == 230);
  CHECK(picture.at(120, 47)[2] == 0);  // the point
}

TEST_CASE("what is no arrow is refused") {
  const Tensor one({1, 2}, {0, 0}), two({2, 2}, {0, 0, 1, 1});
  CHECK_FAILS(arrows(one, two, one), "arrows: from [1, 2] to [2, 2]");
  CHECK_FAILS(arrows(one, one, Tensor({1, 3}, {1, 2, 3})), "arrows: expected places [n, 2], found [1, 3]");
  CHECK_FAILS(arrows(one, Tensor({1, 2}, {0, std::numeric_limits<Scalar>::infinity()}), one),
              "arrows: place 0 is not finite");
}
