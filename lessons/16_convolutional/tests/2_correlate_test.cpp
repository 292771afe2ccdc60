#include <string>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor correlate(const Tensor& x, const Tensor& w, Index stride, Index padding);  // what the student writes

TEST_CASE("a case computed by hand") {
  const Tensor x({2, 3}, {1, 2, 3, 4, 5, 6}), w({2, 2}, {1, 10, 100, 1000});
  expect_close("x = ((1, 2, 3), (4, 5, 6)), w = ((1, 10), (100, 1000)): 1 + 20 + 400 + 5000, and one to the right",
               correlate(x, w, 1, 0), Tensor({1, 2}, {5421, 6532}));
}

TEST_CASE("a kernel with a single 1 shifts the image, and zeros enter") {
  const Tensor x({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}), w({3, 3}, {0, 0, 0, 1, 0, 0, 0, 0, 0});
  expect_close("each pixel becomes its left neighbour", correlate(x, w, 1, 1),
               Tensor({3, 3}, {0, 1, 2, 0, 4, 5, 0, 7, 8}));
}

TEST_CASE("it equals the library's convolution") {
  Rng rng(6);
  const Tensor x = rng.normal({7, 9}), b = Tensor::zeros({1});
  for (const Index k : {1, 3, 4})
    for (const Index stride : {1, 2, 3})
      for (const Index padding : {0, 1}) {
        if (padding >= k) continue;
        const Tensor w = rng.normal({k, k});
        const Tensor y = conv2d(x.reshape({1, 1, 7, 9}), w.reshape({1, 1, k, k}), b, {stride, padding});
        expect_close("an image of 7 × 9, kernel " + std::to_string(k) + ", stride " + std::to_string(stride) +
                         ", padding " + std::to_string(padding),
                     correlate(x, w, stride, padding), y.reshape({y.size(2), y.size(3)}));
      }
}
