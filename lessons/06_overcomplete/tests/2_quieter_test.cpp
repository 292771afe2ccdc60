#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};
Weights quieter(const Weights& start, double c);  // what the student writes

namespace {

Weights any(std::uint64_t seed) {
  Rng rng(seed);
  return {rng.normal({6, 4}), rng.normal({6}), rng.normal({4, 6}), rng.normal({4})};
}
Tensor code(const Weights& start, const Tensor& x) { return linear(x, start.W1, start.b1, Activation::relu); }
Tensor decoded(const Weights& start, const Tensor& x) {
  return linear(code(start, x), start.W2, start.b2, Activation::none);
}

}  // namespace

TEST_CASE("the code is multiplied by c") {
  const Weights start = any(1);
  const Tensor x = Rng(2).normal({5, 4});
  for (const double c : {0.001, 0.5, 3.0})
    expect_close("the code for c = " + std::to_string(c), code(quieter(start, c), x), c * code(start, x));
}

TEST_CASE("the reconstruction is the same") {
  const Weights start = any(3);
  const Tensor x = Rng(4).normal({5, 4});
  for (const double c : {0.001, 0.5, 3.0})
    expect_close("r for c = " + std::to_string(c), decoded(quieter(start, c), x), decoded(start, x), 1e-8);
}

TEST_CASE("the given weights are not changed") {
  const Weights start = any(5), before = any(5);
  quieter(start, 0.1);
  expect_close("W1 afterwards", start.W1, before.W1);
  expect_close("W2 afterwards", start.W2, before.W2);
}
