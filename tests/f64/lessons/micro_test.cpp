// The engine on one page: each of its ops against finite differences.

#include "tests/micro.h"

#include "tests/check.h"

namespace {

using micro::Rng;
using micro::Tensor;
using micro::Variable;

// ‖y - t‖² / n for fixed random t: a different cotangent for each number of y
Variable against_random(const Variable& y) {
  Rng rng(7);
  return squared_error(y, micro::uniform(y.value().rows, y.value().cols, 1, rng));
}

}  // namespace

TEST_CASE("micro.cpp: the gradients of all ops agree with finite differences") {
  Rng rng(1);
  const Variable x = micro::uniform(4, 3, 2, rng);
  const Variable W = micro::uniform(5, 3, 1, rng);
  const Variable b = micro::uniform(1, 5, 1, rng);
  const auto checked = [](const std::function<Variable(const Variable&)>& f, const Variable& at) {
    return micro::gradcheck([&](const Variable& x) { return against_random(f(x)); }, at.value());
  };
  CHECK(checked([&](const Variable& a) { return matmul(a, transpose(W)); }, x) < 1e-8);
  CHECK(checked([&](const Variable& a) { return matmul(x, a); }, micro::transpose(W)) < 1e-8);
  CHECK(checked([](const Variable& a) { return transpose(a); }, x) < 1e-8);
  CHECK(checked([&](const Variable& a) { return matmul(x, transpose(W)) + a; }, b) < 1e-8);
  CHECK(checked([](const Variable& a) { return relu(a); }, x) < 1e-8);
  CHECK(checked([](const Variable& a) { return sigmoid(a); }, x) < 1e-8);
  CHECK(checked([&](const Variable& a) { return linear(a, W, b); }, x) < 1e-8);
  CHECK(checked([&](const Variable& a) { return linear(x, a, b); }, W) < 1e-8);
  CHECK(checked([](const Variable& a) { return matmul(a, transpose(a)); }, x) < 1e-8);  // used twice
  CHECK(micro::gradcheck([&](const Variable& a) { return squared_error(x, a); }, micro::uniform(4, 3, 1, rng)) < 1e-8);
  // and the check itself rejects a gradient that is wrong
  const auto doubled = [](const Variable& a) {
    return micro::record("doubled", a.value() + a.value(), {a},
                         [](const micro::Node&, const Tensor& gy) { return micro::Gradients{gy}; });
  };
  CHECK(checked(doubled, x) > 0.1);
}
