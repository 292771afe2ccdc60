#include <string>

#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Index side_after(Index side, Index kernel, Index stride, Index padding);
Index side_back(Index side, Index kernel, Index stride, Index padding, Index more);

TEST_CASE("the sides of the lesson's network") {
  expect_close("side_after(28, kernel 3, stride 2, padding 1)", double(side_after(28, 3, 2, 1)), 14);
  expect_close("side_after(14, kernel 3, stride 2, padding 1)", double(side_after(14, 3, 2, 1)), 7);
  expect_close("side_back(7, kernel 3, stride 2, padding 1, one more)", double(side_back(7, 3, 2, 1, 1)), 14);
  expect_close("side_back(14, kernel 3, stride 2, padding 1, one more)", double(side_back(14, 3, 2, 1, 1)), 28);
}

TEST_CASE("the sizes of the library's convolutions") {
  for (const Index side : {5, 8, 11})
    for (const Index kernel : {1, 2, 3, 5})
      for (const Index stride : {1, 2, 3})
        for (const Index padding : {0, 1}) {
          if (padding >= kernel) continue;
          const std::string of = std::to_string(side) + ", kernel " + std::to_string(kernel) + ", stride " +
                                 std::to_string(stride) + ", padding " + std::to_string(padding);
          const Tensor w = Tensor::zeros({1, 1, kernel, kernel}), b = Tensor::zeros({1});
          const Tensor image = Tensor::zeros({1, 1, side, side});
          const Index made = conv2d(image, w, b, {stride, padding}).size(2);
          expect_close("side_after(" + of + ")", double(side_after(side, kernel, stride, padding)), double(made));
          const Index back = conv_transpose2d(image, w, b, {stride, padding}, stride - 1).size(2);
          expect_close("side_back(" + of + ", " + std::to_string(stride - 1) + " more)",
                       double(side_back(side, kernel, stride, padding, stride - 1)), double(back));
        }
}
