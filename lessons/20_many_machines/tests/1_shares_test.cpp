#include <limits>
#include <utility>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/loss.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
std::pair<Index, Index> part(Index n, Index R, Index r);
Tensor gradient_of_all(const std::vector<Tensor>& g, const std::vector<Index>& counts);

namespace {

std::string call(Index n, Index R, Index r) {
  return "part(" + std::to_string(n) + ", " + std::to_string(R) + ", " + std::to_string(r) + ")";
}

// dL/dW of L = ‖x W - x‖² per image
Tensor gradient_of(const Tensor& W, const Tensor& x) {
  const Variable w = Variable::parameter(W);
  backward(nn::squared_error(matmul(x, w), x).value);
  return w.grad();
}

}  // namespace

TEST_CASE("128 images on 4 ranks are 32 each") {
  for (Index r = 0; r < 4; ++r) {
    expect_close("the first of " + call(128, 4, r), part(128, 4, r).first, 32 * r);
    expect_close("the count of " + call(128, 4, r), part(128, 4, r).second, 32);
  }
}

TEST_CASE("every image belongs to one rank, and the numbers of images differ by at most one") {
  for (const auto& [n, R] : std::vector<std::pair<Index, Index>>{{128, 3}, {7, 4}, {3, 3}, {100, 7}, {2, 5}, {5, 1}}) {
    Index next = 0, least = n, most = 0;
    for (Index r = 0; r < R; ++r) {
      const auto [first, count] = part(n, R, r);
      expect_close("the first image of " + call(n, R, r), first, next);
      expect(count >= 0, "the count of " + call(n, R, r) + " should not be negative");
      next += count, least = std::min(least, count), most = std::max(most, count);
    }
    expect_close("the end of " + call(n, R, R - 1), next, n);
    expect(most - least <= 1, "the counts of " + std::to_string(n) + " images on " + std::to_string(R) +
                                  " ranks should differ by at most 1; they go from " + std::to_string(least) + " to " +
                                  std::to_string(most));
  }
}

TEST_CASE("two ranks, three images and one") {
  expect_close("gradient_of_all({2, 4}, {6, 0}; counts 3, 1)",
               gradient_of_all({Tensor({2}, {2, 4}), Tensor({2}, {6, 0})}, {3, 1}), Tensor({2}, {3, 3}));
}

TEST_CASE("the gradients of the parts combine to the gradient of the whole") {
  Rng rng(1);
  const Tensor W = rng.normal({4, 4}), x = rng.normal({10, 4});
  std::vector<Tensor> g;
  const std::vector<Index> counts{5, 1, 4};
  for (Index r = 0, first = 0; r < 3; first += counts[r++]) g.push_back(gradient_of(W, narrow(x, 0, first, counts[r])));
  expect_close("of 5, 1 and 4 images", gradient_of_all(g, counts), gradient_of(W, x), 1e-12);
}

TEST_CASE("a rank without images is left out") {
  const Scalar nan = std::numeric_limits<Scalar>::quiet_NaN();
  expect_close("with a NaN gradient of no image", gradient_of_all({Tensor({1}, {nan}), Tensor({1}, {5})}, {0, 2}),
               Tensor({1}, {5}));
}

TEST_CASE("the ranks' gradients are not changed") {
  const std::vector<Tensor> g{Tensor({1}, {1}), Tensor({1}, {2})};
  gradient_of_all(g, {1, 1});
  expect_close("the first", g[0], Tensor({1}, {1}));
  expect_close("the second", g[1], Tensor({1}, {2}));
}
