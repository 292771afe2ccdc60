#include <hourglass/metrics/manifold.h>

#include <cmath>

#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;
using metrics::Manifold;

TEST_CASE("a manifold reaches from each point as far as its k-th nearest other") {
  const Tensor line({4, 1}, {0, 1, 3, 10});  // to the nearest: 1, 1, 2, 7; to the second: 3, 2, 3, 9
  const Tensor asked({6, 1}, {-0.9, -1.1, 4.9, 5.1, 2.9, 17.1});
  using Inside = std::vector<bool>;
  CHECK(Manifold(line, 1).contains(asked) == Inside{true, false, true, true, true, false});  // 5.1 is 4.9 from 10
  CHECK(Manifold(line, 2).contains(asked) == Inside{true, true, true, true, true, true});
  CHECK(Manifold(line, 1).contains(Tensor({1, 1}, {17})) == Inside{true});  // the edge belongs to it
  CHECK(Manifold(line, 1).share_of(asked) == doctest::Approx(4 / 6.0));
}

TEST_CASE("precision and recall differ where one sample covers a part of the other") {
  Rng rng(1);
  const Tensor wide = rng.uniform({600, 2}, 0, 2), narrow = rng.uniform({600, 2}, 0, 1);  // a quarter of it
  CHECK(Manifold(wide).share_of(narrow) > 0.95);
  CHECK(Manifold(narrow).share_of(wide) == doctest::Approx(0.27).epsilon(0.2));
  CHECK(Manifold(narrow).share_of(Tensor({1, 2}, {5, 5})) == 0);
}

TEST_CASE("a manifold needs more points than neighbours, and queries of as many columns") {
  const Tensor line({3, 1}, {0, 1, 3});
  CHECK_FAILS(Manifold(line, 3), "3 neighbours among 2");
  CHECK_FAILS(Manifold(line, 1).contains(Tensor({1, 2}, {0, 0})), "manifold");
}

TEST_CASE("a manifold neither holds nor is made of what is not a number") {
  const Tensor line({4, 1}, {0, 1, 3, 10}), broken({4, 1}, {0, 1, std::nan(""), 10});
  CHECK_FAILS(Manifold(line, 1).contains(broken), "manifold: row 2, column 0 of [4, 1] is");
  CHECK_FAILS(Manifold(broken, 1), "row 2, column 0 of [4, 1] is");
}
