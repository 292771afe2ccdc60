#include <cmath>
#include <vector>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

double entropy_of_bytes(std::span<const std::uint8_t> bytes);  // the student's function

TEST_CASE("a message of one byte value has the entropy 0") {
  expect_close("of 7 7 7 7", entropy_of_bytes(std::vector<std::uint8_t>{7, 7, 7, 7}), 0);
  expect_close("of no bytes", entropy_of_bytes(std::vector<std::uint8_t>{}), 0);
}

TEST_CASE("two equally frequent values need one bit, all 256 values need eight") {
  expect_close("of 0 255 255 0", entropy_of_bytes(std::vector<std::uint8_t>{0, 255, 255, 0}), 1);
  std::vector<std::uint8_t> all;
  for (int i = 0; i < 512; ++i) all.push_back(static_cast<std::uint8_t>(i));
  expect_close("of 0 … 255, twice", entropy_of_bytes(all), 8);
}

TEST_CASE("the frequencies 1/2, 1/4, 1/4 need one and a half bits, in any order") {
  expect_close("of 1 1 2 3", entropy_of_bytes(std::vector<std::uint8_t>{1, 1, 2, 3}), 1.5);
  expect_close("of 3 1 2 1", entropy_of_bytes(std::vector<std::uint8_t>{3, 1, 2, 1}), 1.5);
}

TEST_CASE("nine black pixels for each white one: -0.9 log₂ 0.9 - 0.1 log₂ 0.1") {
  std::vector<std::uint8_t> digit(90, 0);
  digit.insert(digit.end(), 10, 255);
  expect_close("of 90 zeros and 10 times 255", entropy_of_bytes(digit), -0.9 * std::log2(0.9) - 0.1 * std::log2(0.1));
}
