#include <hourglass/tensor/random.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

Tensor centred(const Tensor& x);  // the student's function

TEST_CASE("two images of three pixels, computed by hand") {
  const Tensor x({2, 3}, {1, 2, 6, 3, 8, 2});
  expect_close("centred of " + show(x), centred(x), Tensor({2, 3}, {-1, -3, 2, 1, 3, -2}));
}

TEST_CASE("each column of the result sums to 0, also where the means of the columns differ widely") {
  Rng rng(1);
  const Tensor x = broadcast_to(Tensor({1, 4}, {0, 10, -100, 0.5}), {7, 4}).clone();
  Tensor noisy = rng.normal({7, 4});
  noisy.add_(x);
  expect_close("the column sums", sum(centred(noisy), 0), Tensor::zeros({4}), 1e-9);
}

TEST_CASE("a single image is its own mean") {
  expect_close("centred of one image", centred(Tensor({1, 3}, {4, 5, 6})), Tensor::zeros({1, 3}));
}

TEST_CASE("x does not change") {
  const Tensor x({2, 2}, {1, 2, 3, 4});
  centred(x);
  expect_close("x afterwards", x, Tensor({2, 2}, {1, 2, 3, 4}));
}
