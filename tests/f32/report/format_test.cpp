#include <sstream>

#include <hourglass/autograd/ops.h>
#include <hourglass/report/format.h>
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("tensors and variables are printed alike, by fmt and by streams") {
  const Tensor x({2, 2}, {1, 2, 3, 4.5});
  const std::string expected = "[[1.  2. ]\n [3.  4.5]]";
  CHECK(fmt::format("x = {}", x) == "x = " + expected);
  CHECK(fmt::format("x = {}", Variable(x)) == "x = " + expected);
  CHECK(fmt::format("{}", mean(Variable(x))) == "2.625");
  std::ostringstream out;
  out << x << " " << Variable(x);
  CHECK(out.str() == expected + " " + expected);
}
