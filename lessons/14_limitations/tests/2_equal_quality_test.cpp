#include <cmath>
#include <span>
#include <vector>

#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// the student's functions
double bits_at(std::span<const double> quality, std::span<const double> bits, double wanted);
double with_decoder(double bits, double weights, double pixels);

const std::vector<double> quality = {20, 24, 30}, bits = {0.25, 0.5, 2};

TEST_CASE("at a point of the curve the result is its bits") {
  expect_close("bits_at(…, 20)", bits_at(quality, bits, 20), 0.25);
  expect_close("bits_at(…, 24)", bits_at(quality, bits, 24), 0.5);
  expect_close("bits_at(…, 30)", bits_at(quality, bits, 30), 2);
}

TEST_CASE("between two points the bits are interpolated linearly") {
  expect_close("bits_at(…, 21), a quarter of the way", bits_at(quality, bits, 21), 0.3125);
  expect_close("bits_at(…, 28), two thirds of the way", bits_at(quality, bits, 28), 1.5);
}

TEST_CASE("above the last point the result is infinite, below the first it is the first bits") {
  expect(std::isinf(bits_at(quality, bits, 31)),
         "bits_at(…, 31) is infinite; found " + std::to_string(bits_at(quality, bits, 31)));
  expect_close("bits_at(…, 5)", bits_at(quality, bits, 5), 0.25);
}

TEST_CASE("the decoder's bits are divided by the number of all pixels") {
  expect_close("with_decoder(0.1, 1000, 320000)", with_decoder(0.1, 1000, 320000), 0.2);
  expect_close("with_decoder(0.1, 0, 784)", with_decoder(0.1, 0, 784), 0.1);
}
