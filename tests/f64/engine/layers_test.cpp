#include <algorithm>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/nn/linear.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;
using nn::Init;

namespace {

double largest(const Tensor& x) { return amax(abs(x)).item(); }
double deviation(const Tensor& x) { return std::sqrt(mean(square(x - mean(x))).item()); }

// 40,000 weights of a layer with 400 inputs and 100 outputs: to 2 percent they have the standard deviation wanted.
void expect_spread(const char* name, Init init, double wanted, bool uniform) {
  Rng rng(1);
  const Tensor w = nn::initial(init, {100, 400}, 400, 100, rng);
  expect_close(text("the standard deviation of ", name, " with 400 inputs and 100 outputs, times 100"),
               100 * deviation(w), 100 * wanted, 0.02);
  expect(std::abs(mean(w).item()) < 0.03 * wanted, text("the mean of ", name, " is 0, not ", mean(w).item()));
  if (uniform)
    expect_close(text("the largest absolute value of ", name, ", times 100"), 100 * largest(w),
                 100 * std::sqrt(3.0) * wanted, 0.002);
}

// A layer with these weights, rows separated: y = φ(x Wᵀ + b).
nn::Linear layer(const Tensor& W, const Tensor& b, Activation activation = Activation::none) {
  Rng rng(1);
  nn::Linear made(W.size(1), W.size(0), activation, rng);
  made.weight = Variable::parameter(W);
  made.bias = Variable::parameter(b);
  return made;
}

std::string names(const nn::Sequential& network) {
  std::string all;
  for (const nn::Parameter& p : network.parameters()) all += p.name + " ";
  return all;
}

}  // namespace

TEST_CASE("initialisers spread the weights by the number of inputs and outputs") {
  expect_spread("uniform_fan_in", Init::uniform_fan_in, 1 / std::sqrt(3 * 400.0), true);
  expect_spread("xavier_uniform", Init::xavier_uniform, std::sqrt(2 / 500.0), true);
  expect_spread("xavier_normal", Init::xavier_normal, std::sqrt(2 / 500.0), false);
  expect_spread("kaiming_normal", Init::kaiming_normal, std::sqrt(2 / 400.0), false);
  expect_spread("kaiming_uniform", Init::kaiming_uniform, std::sqrt(2 / 400.0), true);
}

TEST_CASE("a linear layer begins with weights [out, in] and biases [out], which are trained") {
  Rng rng(1);
  const nn::Linear made(4, 1000, Activation::none, rng);
  expect(made.weight.shape() == Shape{1000, 4} && made.bias.shape() == Shape{1000},
         text("weight [1000, 4] and bias [1000], not ", made.weight.shape(), " and ", made.bias.shape()));
  expect(made.weight.requires_grad() && made.bias.requires_grad(), "weight and bias are parameters");
  expect_close("the largest weight with 4 inputs: 1/√4", largest(made.weight.value()), 0.5, 0.002);
  expect_close("the largest bias with 4 inputs: 1/√4", largest(made.bias.value()), 0.5, 0.02);
  Rng again(1);
  expect_close("weights: what `initial` draws first with this seed", made.weight.value(),
               nn::initial(Init::uniform_fan_in, {1000, 4}, 4, 1000, again));
  const nn::Linear xavier(4, 1000, Activation::none, rng, Init::xavier_uniform);
  expect_close("the largest weight of xavier_uniform: √(6 / 1004)", largest(xavier.weight.value()),
               std::sqrt(6 / 1004.0), 0.002);
  expect_close("the largest bias of xavier_uniform", largest(xavier.bias.value()), 0);
}

TEST_CASE("a linear layer maps the last axis, whatever stands before it") {
  nn::Linear f = layer(Tensor({2, 3}, {1, 0, -1, 2, 1, 0}), Tensor({2}, {0.5, -1}), Activation::relu);
  expect_close("relu(x Wᵀ + b) of x [2, 3]", f(Tensor({2, 3}, {1, 2, 3, 4, 5, 6})).value(),
               Tensor({2, 2}, {0, 3, 0, 12}));
  expect_close("of x [2, 1, 3]", f(Tensor({2, 1, 3}, {3, 2, 1, 4, 5, 6})).value(), Tensor({2, 1, 2}, {2.5, 7, 0, 12}));
  expect_close("of x [1, 2, 3]", f(Tensor({1, 2, 3}, {3, 2, 1, 4, 5, 6})).value(), Tensor({1, 2, 2}, {2.5, 7, 0, 12}));
  expect_close("of x [3]", f(Tensor({3}, {3, 2, 1})).value(), Tensor({2}, {2.5, 7}));
  Rng rng(2);
  nn::Linear smooth(3, 2, Activation::tanh, rng);
  expect_right("the gradient with respect to x [2, 2, 3]",
               gradcheck("Linear", [&](auto in) { return smooth(in[0]); }, {rng.normal({2, 2, 3})}));
}

TEST_CASE("layers one behind the other: each receives the output of the one before") {
  const Tensor zero({2}, {0, 0});
  nn::Sequential both(layer(Tensor({2, 2}, {1, 1, 0, 1}), zero), layer(Tensor({2, 2}, {2, 0, 0, 3}), zero),
                      layer(Tensor({2, 2}, {0, 1, 1, 0}), zero));
  expect_close("(a + b, b), then (2 a, 3 b), then (b, a), of (1, 10)", both(Tensor({1, 2}, {1, 10})).value(),
               Tensor({1, 2}, {30, 22}));
  nn::Sequential none;
  expect_close("no layer at all: the input itself", none(Tensor({1, 2}, {1, 10})).value(), Tensor({1, 2}, {1, 10}));
}

TEST_CASE("the parameters are named by the position of their layer, and an activation has a position") {
  Rng rng(1);
  const nn::Sequential two(nn::Linear(3, 4, Activation::relu, rng), nn::Linear(4, 4, Activation::none, rng),
                           nn::Linear(4, 2, Activation::sigmoid, rng));
  expect(names(two) == "0.weight 0.bias 2.weight 2.bias 3.weight 3.bias ",
         "the names 0.weight 0.bias 2.weight 2.bias 3.weight 3.bias (1 is the ReLU), not " + names(two));
}

TEST_CASE("mlp: a linear layer from each size to the next") {
  Rng rng(1);
  const nn::Sequential network =
      nn::mlp({5, 4, 3, 2}, Activation::tanh, Activation::sigmoid, rng, Init::kaiming_normal);
  expect(network.layers().size() == 3, text("4 sizes are 3 layers, not ", network.layers().size()));
  std::string shapes, activations;
  double bias = 0;
  for (const auto& one : network.layers()) {
    const auto& linear = dynamic_cast<const nn::Linear&>(*one);
    shapes += text(linear.weight.shape());
    activations += linear.activation == Activation::tanh      ? "tanh "
                   : linear.activation == Activation::sigmoid ? "sigmoid "
                                                              : "? ";
    bias = std::max(bias, largest(linear.bias.value()));
  }
  expect(shapes == "[4, 5][3, 4][2, 3]", "the weights [4, 5][3, 4][2, 3] for the sizes 5, 4, 3, 2, not " + shapes);
  expect(activations == "tanh tanh sigmoid ", "the activations tanh tanh sigmoid, not " + activations);
  expect(bias == 0, "the initialiser is passed on: with kaiming_normal each bias begins at 0");
}
