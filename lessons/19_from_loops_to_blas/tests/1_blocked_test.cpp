#include <limits>

#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor product_in_blocks(const Tensor& a, const Tensor& b, Index side);  // what the student writes

TEST_CASE("a product computed by hand") {
  const Tensor a({2, 3}, {1, 2, 3, 4, 5, 6}), b({3, 2}, {7, 8, 9, 10, 11, 12});
  expect_close("of " + show(a) + " and " + show(b) + ", in blocks of 1", product_in_blocks(a, b, 1),
               Tensor({2, 2}, {58, 64, 139, 154}));
}

TEST_CASE("sides that are multiples of the block size") {
  Rng rng(1);
  const Tensor a = rng.normal({8, 12}), b = rng.normal({12, 16});
  expect_close("[8, 12] x [12, 16] in blocks of 4", product_in_blocks(a, b, 4), matmul(a, b), 1e-12);
}

TEST_CASE("sides that are not multiples, and a block larger than the matrices") {
  Rng rng(2);
  const Tensor a = rng.normal({7, 13}), b = rng.normal({13, 5}), y = matmul(a, b);
  for (const Index side : {2, 3, 5, 6, 100})
    expect_close("[7, 13] x [13, 5] in blocks of " + std::to_string(side), product_in_blocks(a, b, side), y, 1e-12);
}

TEST_CASE("the bits do not depend on the block size") {
  Rng rng(3);
  const Tensor a = rng.normal({9, 50}), b = rng.normal({50, 11}), y = product_in_blocks(a, b, 1000);
  for (const Index side : {1, 7, 16})
    expect_close("blocks of " + std::to_string(side) + " against one block", product_in_blocks(a, b, side), y, 0);
}

TEST_CASE("terms with a factor 0 are not skipped: 0 · ∞ is NaN") {
  const Scalar infinity = std::numeric_limits<Scalar>::infinity();
  const Tensor y = product_in_blocks(Tensor({1, 2}, {0, 1}), Tensor({2, 1}, {infinity, 1}), 1);
  expect(y.data()[0] != y.data()[0], "0 · ∞ + 1 should be NaN");
}

TEST_CASE("a and b stay as they are") {
  const Tensor a({1, 2}, {1, 2}), b({2, 1}, {3, 4});
  product_in_blocks(a, b, 1);
  expect_close("a afterwards", a, Tensor({1, 2}, {1, 2}));
  expect_close("b afterwards", b, Tensor({2, 1}, {3, 4}));
}
