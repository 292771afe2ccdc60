#include <string>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Tensor spread(const Tensor& y, const Tensor& w, Index height, Index width, Index stride, Index padding);

TEST_CASE("cases computed by hand") {
  const Tensor w({2, 2}, {1, 2, 3, 4});
  expect_close("y = 5: the image is 5 · ((1, 2), (3, 4))", spread(Tensor({1, 1}, {5}), w, 2, 2, 1, 0),
               Tensor({2, 2}, {5, 10, 15, 20}));
  expect_close("y = (1, 10) at stride 1: the middle column is the sum of two windows",
               spread(Tensor({1, 2}, {1, 10}), w, 2, 3, 1, 0), Tensor({2, 3}, {1, 12, 20, 3, 34, 40}));
  expect_close("one row and column of padding: only w[1, 1] lies inside an image of one pixel",
               spread(Tensor({1, 1}, {5}), w, 1, 1, 2, 1), Tensor({1, 1}, {20}));
}

TEST_CASE("it is the transpose of the convolution: Σ correlate(x) · y = Σ x · spread(y)") {
  Rng rng(7);
  const Tensor b = Tensor::zeros({1});
  for (const Index stride : {1, 2})
    for (const Index padding : {0, 1}) {
      const Tensor w = rng.normal({3, 3}), x = rng.normal({6, 8});
      const Variable there = conv2d(x.reshape({1, 1, 6, 8}), w.reshape({1, 1, 3, 3}), b, {stride, padding});
      const Tensor y = rng.normal({there.size(2), there.size(3)});
      const double left = double(sum(there * y.reshape(there.shape())).item());
      expect_close("stride " + std::to_string(stride) + ", padding " + std::to_string(padding),
                   double(sum(Variable(x) * spread(y, w, 6, 8, stride, padding)).item()), left);
    }
}
