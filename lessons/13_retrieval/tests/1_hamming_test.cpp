#include <cstdint>
#include <span>
#include <vector>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// the student's functions
std::uint64_t packed(std::span<const Scalar> h, std::span<const Scalar> thresholds);
int differing_bits(std::uint64_t a, std::uint64_t b);

TEST_CASE("a bit is set where the element is above its own threshold") {
  const std::vector<Scalar> h{1, -1, 3, 0.5}, thresholds{0, 0, 4, 0.25};
  expect(packed(h, thresholds) == 0b1001,
         "packed({1, -1, 3, 0.5}, {0, 0, 4, 0.25}) is binary 1001; found " + std::to_string(packed(h, thresholds)));
}

TEST_CASE("an element equal to its threshold gives 0") {
  const std::vector<Scalar> zero{0, 0};
  expect(packed(zero, zero) == 0, "packed({0, 0}, {0, 0}) is 0; found " + std::to_string(packed(zero, zero)));
}

TEST_CASE("each of the 64 elements has its own bit") {
  const std::vector<Scalar> thresholds(64, 0);
  for (std::size_t j = 0; j < 64; ++j) {
    std::vector<Scalar> h(64, -1);
    h[j] = 1;
    expect(packed(h, thresholds) == std::uint64_t{1} << j,
           "only element " + std::to_string(j) + " is above its threshold: only bit " + std::to_string(j) + " is set");
  }
}

TEST_CASE("the distance is the number of positions that differ") {
  expect_close("differing_bits(0b1100, 0b1010)", differing_bits(0b1100, 0b1010), 2);
  expect_close("differing_bits(5, 5)", differing_bits(5, 5), 0);
  expect_close("differing_bits(0, all ones)", differing_bits(0, ~std::uint64_t{0}), 64);
}
