#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// the student's functions
Index code_bytes(Index code, Index bits);
Index total_bytes(Index images, Index code, Index bits, Index weights);
Index break_even(Index input, Index code, Index bits, Index weights);

TEST_CASE("the code of the lesson: 32 numbers of 32 bits take 128 bytes, 32 numbers of 5 bits 20") {
  expect_close("code_bytes(32, 32)", code_bytes(32, 32), 128);
  expect_close("code_bytes(32, 5)", code_bytes(32, 5), 20);
}

TEST_CASE("bits that do not fill a byte take a whole byte") {
  expect_close("code_bytes(3, 3), nine bits", code_bytes(3, 3), 2);
  expect_close("code_bytes(1, 1)", code_bytes(1, 1), 1);
}

TEST_CASE("the decoder is counted once") {
  expect_close("total_bytes of no image, 105,360 weights", total_bytes(0, 32, 8, 105360), 421440);
  expect_close("total_bytes of 10,000 images, 32 numbers of 8 bits", total_bytes(10000, 32, 8, 105360), 741440);
}

TEST_CASE("break_even returns the smallest number of images that saves memory") {
  const Index n = break_even(784, 32, 8, 105360);
  expect_close("break_even(784, 32, 8, 105360)", n, 561);
  expect_close("break_even(784, 32, 32, 105360)", break_even(784, 32, 32, 105360), 643);
  expect_close("break_even(102, 2, 8, 100): 4 images take 408 bytes both ways", break_even(102, 2, 8, 100), 5);
}

TEST_CASE("a code that is not smaller than the image has no break-even point") {
  expect_close("break_even(784, 784, 8, 1)", break_even(784, 784, 8, 1), 0);
  expect_close("break_even(784, 784, 32, 1)", break_even(784, 784, 32, 1), 0);
}
