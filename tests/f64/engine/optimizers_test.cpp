#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/sgd.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

namespace {

// One parameter under the name of "w".
struct One {
  explicit One(const Tensor& start) : w(Variable::parameter(start)) {}
  nn::Parameters list() const { return {{"w", w}}; }
  Variable w;
};

// The parameter after steps with these gradients, one after the other.
template <class O, class Options>
Tensor after(const Options& options, const Tensor& start, const std::vector<Tensor>& gradients) {
  const One one(start.clone());
  O optimizer(one.list(), options);
  for (const Tensor& g : gradients) {
    one.w.set_grad(g.clone());
    optimizer.step();
  }
  return one.w.value();
}

Tensor two(Scalar a, Scalar b) { return Tensor({2}, {a, b}); }

}  // namespace

TEST_CASE("zero_grad: the next gradient is not added to the last one") {
  const Variable a = Variable::parameter(two(1, 2)), b = Variable::parameter(two(3, 4));
  nn::SGD sgd({{"a", a}, {"b", b}}, {.learning_rate = 1});
  for (int pass = 1; pass <= 2; ++pass) {
    sgd.zero_grad();
    backward(sum(a * b));
  }
  expect_close("a, which zero_grad must not change", a.value(), two(1, 2));
  expect_close("the gradient of a: after zero_grad and a second pass over a · b", a.grad(), two(3, 4));
  expect_close("the gradient of b", b.grad(), two(1, 2));
}

TEST_CASE("each parameter has its own number of steps") {
  const Variable a = Variable::parameter(two(0, 0)), b = Variable::parameter(two(0, 0));
  nn::SGD sgd({{"a", a}, {"b", b}}, {.learning_rate = 0});
  for (int step = 1; step <= 3; ++step) {
    a.set_grad(two(1, 1));
    if (step == 3) b.set_grad(two(1, 1));
    sgd.step();
  }
  expect_close("steps of the optimiser after 3 calls", static_cast<double>(sgd.steps()), 3);
  expect_close("steps of a, updated in all 3", sgd.state().at(0).variable.item(), 3);
  expect_close("steps of b, which has a gradient in the last one only", sgd.state().at(1).variable.item(), 1);
}

TEST_CASE("SGD: a step of the learning rate against the gradient") {
  expect_close("w = {1, 2} after g = {0.5, -1} with rate 0.1",
               after<nn::SGD>(nn::SGDOptions{.learning_rate = 0.1}, two(1, 2), {two(0.5, -1)}), two(0.95, 2.1));
  expect_close("the same with weight decay 0.1: the gradient is {0.6, -0.8}",
               after<nn::SGD>(nn::SGDOptions{.learning_rate = 0.1, .weight_decay = 0.1}, two(1, 2), {two(0.5, -1)}),
               two(0.94, 2.08));
  const One one(two(1, -3));
  nn::SGD sgd(one.list(), {.learning_rate = 0.1});
  for (int step = 1; step <= 10; ++step) {
    sgd.zero_grad();
    backward(sum(square(one.w)));
    sgd.step();
  }
  expect_close("w = {1, -3} after 10 steps on Σ w² with rate 0.1", one.w.value(),
               two(std::pow(Scalar(0.8), 10), -3 * std::pow(Scalar(0.8), 10)));
}

TEST_CASE("SGD with momentum: u is a decaying sum of gradients") {
  const std::vector<Tensor> same{two(1, -2), two(1, -2), two(1, -2)};
  nn::SGDOptions o{.learning_rate = 0.1, .momentum = 0.9};
  expect_close("w after one step from 0: u = g", after<nn::SGD>(o, two(0, 0), {same[0]}), two(-0.1, 0.2));
  expect_close("w after 3 steps with one gradient: u = g, 1.9 g, 2.71 g", after<nn::SGD>(o, two(0, 0), same),
               two(-0.561, 1.122));
  o.weight_decay = 0.5;
  expect_close("w after 2 steps from {1, 2} with weight decay 0.5, which is a part of u",
               after<nn::SGD>(o, two(1, 2), {same[0], same[1]}), two(0.5725, 2.285));
  o.weight_decay = 0;
  o.dampening = 0.5;
  expect_close("w after 3 steps with dampening 0.5: u = g, 1.4 g, 1.76 g", after<nn::SGD>(o, two(0, 0), same),
               two(-0.416, 0.832));
  o.dampening = 0;
  o.nesterov = true;
  expect_close("w after 2 steps with Nesterov's momentum: 1.9 g, 2.71 g",
               after<nn::SGD>(o, two(0, 0), {same[0], same[1]}), two(-0.461, 0.922));
}

TEST_CASE("Adam: the first step has the size of the learning rate, whatever the gradient's") {
  const Tensor g({4}, {1e-3, -5, 100, 1e-8});
  expect_close("w after g = {0.001, -5, 100, 1e-8} from 0: -g / (|g| + 1e-8)",
               after<nn::Adam>(nn::AdamOptions{.learning_rate = 1}, Tensor::zeros({4}), {g}),
               Tensor({4}, {-1e-3 / (1e-3 + 1e-8), 5 / (5 + 1e-8), -100 / (100 + 1e-8), -0.5}));
}

TEST_CASE("Adam: three steps with three gradients") {
  const std::vector<Tensor> gradients{two(1, -2), two(0.5, 4), two(-3, 1)};
  nn::AdamOptions o{.learning_rate = 0.1, .beta1 = 0.9, .beta2 = 0.99};
  expect_close("w = {1, 2} after two steps with rate 0.1, β₁ = 0.9 and β₂ = 0.99",
               after<nn::Adam>(o, two(1, 2), {gradients[0], gradients[1]}), two(0.806655202005, 2.063439228282));
  expect_close("w after three", after<nn::Adam>(o, two(1, 2), gradients), two(0.841255403165, 2.021846764324));
  expect_close("w after 50 steps with one gradient: 50 · 0.1",
               after<nn::Adam>(o, two(0, 0), std::vector<Tensor>(50, two(7, -3))), two(-5, 5), 1e-6);
}

TEST_CASE("weight decay: a part of the gradient in Adam, beside it in AdamW") {
  const std::vector<Tensor> gradients{two(1, -2), two(0.5, 4)};
  expect_close("w = {1, 2} after two steps of Adam with l2 = 0.5",
               after<nn::Adam>(nn::AdamOptions{.learning_rate = 0.1, .l2 = 0.5}, two(1, 2), gradients),
               two(0.803570899517, 2.040011822080));
  expect_close("w = {1, 2} after one step of AdamW with rate 0.1 and weight decay 0.5: 0.95 w - 0.1 g / |g|",
               after<nn::AdamW>(nn::AdamWOptions{.learning_rate = 0.1, .weight_decay = 0.5}, two(1, 2), {two(1, -2)}),
               two(0.85, 2), 1e-8);
  expect_close("after two",
               after<nn::AdamW>(nn::AdamWOptions{.learning_rate = 0.1, .weight_decay = 0.5}, two(1, 2), gradients),
               two(0.714282038248, 1.863389646937));
}
