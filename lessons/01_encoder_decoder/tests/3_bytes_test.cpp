#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Index code_bytes(Index code, Index bits);
Index total_bytes(Index images, Index code, Index bits, Index weights);
Index break_even(Index input, Index code, Index bits, Index weights);

TEST_CASE("the lesson's code: 32 numbers of 32 bits are 128 bytes, of 5 bits 20") {
  expect_close("code_bytes(32, 32)", code_bytes(32, 32), 128);
  expect_close("code_bytes(32, 5)", code_bytes(32, 5), 20);
}

TEST_CASE("bits that do not fill a byte need one all the same") {
  expect_close("code_bytes(3, 3), nine bits", code_bytes(3, 3), 2);
  expect_close("code_bytes(1, 1)", code_bytes(1, 1), 1);
}

TEST_CASE("the decoder is sent once") {
  expect_close("total_bytes of no image, 105,360 weights", total_bytes(0, 32, 8, 105360), 421440);
  expect_close("total_bytes of 10,000 images, 32 numbers of 8 bits", total_bytes(10000, 32, 8, 105360), 741440);
}

TEST_CASE("it pays from some number of images on, and not one earlier") {
  const Index n = break_even(784, 32, 8, 105360);
  expect_close("break_even(784, 32, 8, 105360)", n, 561);
  expect_close("break_even(784, 32, 32, 105360)", break_even(784, 32, 32, 105360), 643);
  expect_close("break_even(102, 2, 8, 100): at 4 images both take 408 bytes", break_even(102, 2, 8, 100), 5);
}

TEST_CASE("a code that saves nothing never pays") {
  expect_close("break_even(784, 784, 8, 1)", break_even(784, 784, 8, 1), 0);
  expect_close("break_even(784, 784, 32, 1)", break_even(784, 784, 32, 1), 0);
}
