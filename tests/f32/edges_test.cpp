#include "tests/edges.h"

TEST_CASE("where numbers end, every op and loss gives what PyTorch gives, to second order, in single precision") {
  edges::check_all();
}
