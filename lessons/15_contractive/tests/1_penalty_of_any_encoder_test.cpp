#include <functional>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/contractive.h>
#include <hourglass/tensor/random.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

// what the student writes
Variable penalty_of_any_encoder(const std::function<Variable(const Variable&)>& f, const Tensor& x);

TEST_CASE("functions whose derivatives are known") {
  const Tensor x({2, 2}, {1, -2, 3, 0.5});
  expect_close("f(x) = 2 x: two derivatives, each 2, for each image",
               penalty_of_any_encoder([](const Variable& v) { return v * Scalar(2); }, x).value(), Tensor::scalar(8));
  expect_close("f(x) = x², element by element: the mean of 4 + 16 and 36 + 1",
               penalty_of_any_encoder([](const Variable& v) { return square(v); }, x).value(), Tensor::scalar(28.5));
  const Tensor W({3, 2}, {1, 2, -1, 0, 0, 3}), b = Tensor::zeros({3});
  expect_close("f(x) = W x: the sum of all squared weights",
               penalty_of_any_encoder([&](const Variable& v) { return linear(v, W, b); }, x).value(),
               Tensor::scalar(15));
}

TEST_CASE("for one sigmoid layer the penalty and its gradient equal the closed form") {
  Rng rng(5);
  models::Contractive model({.input = 6, .code = 4}, rng);
  const Tensor x = rng.normal({5, 6});
  const Variable W = model.parameters()[0].variable;
  const auto gradient = [&](const Variable& penalty) {
    W.zero_grad();
    backward(penalty);
    return W.grad().clone();
  };
  const Variable found = penalty_of_any_encoder([&](const Variable& v) { return model.encode(v); }, x);
  expect_close("the penalty", found.value(), model.closed_form(x).value());
  expect(found.requires_grad(), "the penalty has a recorded graph, so that the weights have a gradient");
  if (!found.requires_grad()) return;
  const Tensor expected = gradient(model.closed_form(x));
  expect_close("its gradient with respect to W", gradient(found), expected);
}

TEST_CASE("an encoder of two layers") {
  const Tensor W({2, 1}, {1, -2}), V({1, 2}, {3, 1}), b = Tensor::zeros({2}), c = Tensor::zeros({1});
  const auto f = [&](const Variable& x) { return linear(relu(linear(x, W, b)), V, c); };
  expect_close("3 relu(x) + relu(-2 x) at x = 1, derivative 3, and x = -1, derivative -2: (9 + 4) / 2",
               penalty_of_any_encoder(f, Tensor({2, 1}, {1, -1})).value(), Tensor::scalar(6.5));
}
