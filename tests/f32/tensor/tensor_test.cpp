#include <hourglass/tensor/tensor.h>

#include <hourglass/tensor/loss_sums.h>
#include <hourglass/tensor/memory.h>
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("copies share, clones do not, and writing is counted") {
  Tensor a({2, 2}, {1, 2, 3, 4});
  const Tensor shared = a, cloned = a.clone();
  const unsigned before = a.version();
  a.write_()[0] = 9;
  CHECK(shared.at({0, 0}) == 9);
  CHECK(cloned.at({0, 0}) == 1);
  CHECK(shared.version() == before + 1);
  CHECK_FALSE(a.unique());
  CHECK(cloned.unique());
  CHECK(a.reshape({4}).shares_with(a));
}

TEST_CASE("add_ adds in place, copy_ and fill_ overwrite") {
  Tensor a({3}, {1, 2, 3});
  a.add_(Tensor({3}, {10, 20, 30}));
  CHECK(a.at({2}) == 33);
  a.copy_(Tensor({3}, {7, 8, 9}));
  CHECK(a.at({0}) == 7);
  a.fill_(5);
  CHECK(a.at({1}) == 5);
}

TEST_CASE("what does not fit is refused, with both shapes") {
  Tensor a({2, 3}, {1, 2, 3, 4, 5, 6}), none;
  CHECK_FAILS(Tensor({2, 2}, {1, 2, 3}), "tensor: 3 numbers given for [2, 2], which holds 4");
  CHECK_FAILS(a.reshape({4}), "reshape: [2, 3] to [4]: 6 and 4 elements differ");
  CHECK_FAILS(a.add_(Tensor::zeros({3, 2})), "add_: [2, 3] and [3, 2] differ");
  CHECK_FAILS(a.copy_(Tensor::zeros({3})), "copy_: [2, 3] and [3] differ");
  CHECK_FAILS(a.item(), "item: [2, 3] holds 6 numbers, not one");
  CHECK_FAILS(a.at({0, 3}), "at: index 3 on axis 1 of [2, 3]");
  CHECK_FAILS(a.at({-1, 0}), "at: index -1 on axis 0 of [2, 3]");
  CHECK_FAILS(a.at({0}), "at: 1 indices given for [2, 3]");
  CHECK_FAILS(none.data(), "empty");
  CHECK_FAILS(none.write_(), "empty");
  CHECK_FAILS(none.reshape({1}), "empty");
  CHECK_FAILS(none.item(), "not one");
}

TEST_CASE("shapes hold one to four sizes of at least 1") {
  CHECK(Shape{}.numel() == 1);
  CHECK(Shape{2, 3, 4}.numel() == 24);
  CHECK(Shape{2, 3, 4}.with(1, 7) == Shape{2, 7, 4});
  CHECK(Shape{2, 3, 4}.without(0) == Shape{3, 4});
  CHECK(Shape{2, 3}.axis(-1, "test") == 1);
  CHECK(broadcast({2, 1, 4}, {3, 1}, "test") == Shape{2, 3, 4});
  CHECK_FAILS(Shape({1, 2, 3, 4, 5}), "5 axes given, at most 4");
  CHECK_FAILS(Shape({2, 0}), "shape: size 0 on axis 1: every size must be at least 1");
  CHECK_FAILS(Shape({2, -1}), "size -1 on axis 1");
  CHECK_FAILS(Shape({Index{1} << 40, Index{1} << 40}),
              "shape: the number of elements overflows at size 1099511627776 on axis 1");
  CHECK_FAILS(Tensor(Shape({Index{1} << 60})), "does not fit in memory");
  CHECK_FAILS(Shape({2, 3}).axis(2, "sum"), "sum: axis 2 of [2, 3], which has 2 axes");
  CHECK_FAILS(broadcast({2, 4}, {2, 3}, "add"), "add: [2, 4] and [2, 3]: sizes 4 and 3 differ on axis -1");
  CHECK_FAILS(broadcast({2, 3}, {2, 4}, "add"), "add: [2, 3] and [2, 4]: sizes 3 and 4 differ on axis -1");
}

TEST_CASE("the pool reuses what was returned, and returns it to the system on request") {
  { const Tensor warm({1000}); }
  const memory::Usage before = memory::usage();
  for (int i = 0; i < 100; ++i) const Tensor again({1000 - i});
  const memory::Usage after = memory::usage();
  CHECK(after.requests == before.requests);
  CHECK(after.in_use == before.in_use);
  memory::trim();
  CHECK(memory::usage().reserved == memory::usage().in_use);
  const std::size_t held = memory::usage().reserved;
  const Tensor large({1 << 20}), another({1 << 20});
  CHECK(memory::usage().reserved >= held + 2 * sizeof(Scalar) * (std::size_t{1} << 20));
  CHECK(memory::usage().peak >= memory::usage().in_use);
  void* const smallest = memory::take(1);
  CHECK(smallest != nullptr);
  memory::give(smallest, 1);
  CHECK_FAILS(memory::take(std::size_t{1} << 61),
              "memory: 2305843009213693952 bytes requested, more than any machine has");
}

TEST_CASE("what lies behind a tensor in the pool is not added to a loss") {
  {
    const Tensor a = Tensor::full({512}, Scalar(1e6)), b = Tensor::full({512}, Scalar(-1e6));
  }  // given back, not cleared
  const Tensor a = Tensor::full({300}, 3), b = Tensor::full({300}, 1);
  CHECK(squared_difference(a, b).item() == 1200);
}
