#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};
Weights quieter(const Weights& net, double c);  // what the student writes

namespace {

Weights any(std::uint64_t seed) {
  Rng rng(seed);
  return {rng.normal({6, 4}), rng.normal({6}), rng.normal({4, 6}), rng.normal({4})};
}
Tensor code(const Weights& net, const Tensor& x) { return linear(x, net.W1, net.b1, Activation::relu); }
Tensor decoded(const Weights& net, const Tensor& x) { return linear(code(net, x), net.W2, net.b2, Activation::none); }

}  // namespace

TEST_CASE("the code is multiplied by c") {
  const Weights net = any(1);
  const Tensor x = Rng(2).normal({5, 4});
  for (const double c : {0.001, 0.5, 3.0})
    expect_close("the code for c = " + std::to_string(c), code(quieter(net, c), x), c * code(net, x));
}

TEST_CASE("the reconstruction is the same") {
  const Weights net = any(3);
  const Tensor x = Rng(4).normal({5, 4});
  for (const double c : {0.001, 0.5, 3.0})
    expect_close("r for c = " + std::to_string(c), decoded(quieter(net, c), x), decoded(net, x), 1e-8);
}

TEST_CASE("the given weights are not changed") {
  const Weights net = any(5), before = any(5);
  quieter(net, 0.1);
  expect_close("W1 afterwards", net.W1, before.W1);
  expect_close("W2 afterwards", net.W2, before.W2);
}
