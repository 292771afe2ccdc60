#include <hourglass/io/npy.h>

#include "tests/check.h"

using namespace hourglass;

TEST_CASE("an array of doubles goes to a file and back bit for bit") {
  const TemporaryFolder folder;
  io::write_npy(folder / "x.npy", Tensor({2}, {1.0 / 3, 1e300}));
  const io::Entry entry = io::read_npy(folder / "x.npy");
  CHECK(entry.type == "F64");
  CHECK(entry.tensor().at({0}) == 1.0 / 3);
  CHECK(entry.tensor().at({1}) == 1e300);
}
