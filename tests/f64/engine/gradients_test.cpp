#include <hourglass/autograd/ops.h>

#include <array>
#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/observer.h>
#include <hourglass/autograd/record.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

namespace {

using In = std::span<const Variable>;
constexpr Transpose no = Transpose::no, yes = Transpose::yes;

Variable parameter(const Shape& shape, std::initializer_list<Scalar> values) {
  return Variable::parameter(Tensor(shape, values));
}

// The gradient of y for the cotangent gy, which is not uniform: a uniform one misses mistakes.
Tensor gradient(const Variable& y, const Variable& x, const Tensor& gy) {
  return grad(y, x, Graph::keep, Variable(gy)).value();
}

// An op of two inputs that saves what `save` names; its node is made by hand.
Variable op_of(const Variable& a, const Variable& b, Save save) {
  const auto backward = [](Node&, const Variable& gy) { return Gradients{gy, gy}; };
  const Tensor value = add(a.value(), b.value());
  const std::array inputs{a, b};
  return Variable(value, NodeRef(new OpNode<decltype(backward)>("mine", inputs, value, save, backward)));
}

template <class Call>
bool fails(const Call& call) {
  try {
    call();
  } catch (const Error&) {
    return true;
  }
  return false;
}

// Counts the gradients that backward functions return.
struct Counter final : Observer {
  Counter() : before(Observer::set(this)) {}
  ~Counter() override { Observer::set(before); }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  void forward(const char*, std::span<const Variable>, const Tensor&) override {}
  void enter(const Node&, const Variable&) override {}
  void leave(const Node&, const Gradients& gradients) override {
    for (const Variable& each : gradients.list) count += !each.empty();
  }

  Observer* before;
  int count = 0;
};

// How many gradients a pass from y computes.
int computed(const Variable& y) {
  const Counter counter;
  backward(y, Tensor::ones(y.shape()));
  return counter.count;
}

// Numbers that are neither symmetric nor near a kink.
const Tensor& numbers() {
  static const Tensor x({2, 3}, {0.7, -1.1, 0.3, 1.6, -0.4, -0.9});
  return x;
}
const Tensor& others() {
  static const Tensor x({2, 3}, {-0.8, 0.5, 1.3, 0.6, 1.9, -1.2});
  return x;
}

}  // namespace

TEST_CASE(
    "a node is linked to its inputs, saves what its backward function reads, and notices when that was written since") {
  const Variable c = Tensor({3}, {1, 2, 3}), p = parameter({2, 3}, {1, 2, 3, 4, 5, 6});
  for (const Save save : {Save::nothing, Save::inputs, Save::output, Save::both}) {
    const char* const name[] = {"Save::nothing", "Save::inputs", "Save::output", "Save::both"};
    const std::string with = text("with ", name[static_cast<int>(save)], ": ");
    const Variable y = op_of(c, p, save);
    Node& node = *y.node();
    expect(node.inputs() == 2, with + "a node of an op on two inputs has two");
    if (node.inputs() != 2) return;
    expect(node.parent(0) == nullptr, with + "a constant input has no node");
    expect(node.parent(1) == p.node(), with + "the second input's node is that of the parameter");
    expect(node.input_shape(0) == Shape{3} && node.input_shape(1) == Shape{2, 3},
           with + "the shapes of the inputs are kept");
    const bool inputs = save == Save::inputs || save == Save::both, output = save == Save::output || save == Save::both;
    expect(fails([&] { node.input(1); }) != inputs,
           with + (inputs ? "the inputs can be read" : "no input is kept in memory"));
    expect(fails([&] { node.output(); }) != output,
           with + (output ? "the output can be read" : "the output is not kept in memory"));
    if (inputs) expect_close(with + "input 1", node.input(1).value(), p.value());
    if (output) expect_close(with + "the output", node.output().value(), y.value());
  }
  Tensor value({2}, {1, 2});
  value.write_();  // before the op: that is no mistake
  const Variable q = Variable::parameter(value), y = op_of(q, q, Save::both);
  expect(!fails([&] { y.node()->input(0); }), "an input that was written before the op only can be read");
  value.write_()[0] = 7;
  expect(fails([&] { y.node()->input(0); }), "an input that was written after the op is an error");
  Tensor(y.value()).write_()[0] = 7;
  expect(fails([&] { y.node()->output(); }), "an output that was written after the op is an error");
}

TEST_CASE("an op is recorded where an input requires a gradient, and not under NoGrad") {
  const Variable c = Tensor({2}, {1, 2}), p = parameter({2}, {3, 4});
  const auto recorded = [](std::initializer_list<Variable> inputs) {
    return worth_recording("mine", std::span(inputs), Tensor::zeros({2}));
  };
  expect(!recorded({c, c}), "an op on constants is not recorded");
  expect(recorded({p, c}), "an op on a parameter and a constant is recorded");
  expect(recorded({c, p}), "an op on a constant and a parameter is recorded");
  const NoGrad evaluation;
  expect(!recorded({p, p}), "under NoGrad no op is recorded");
}

TEST_CASE("the product of two numbers: the gradient of each is gy times the other") {
  const Variable a = parameter({2, 3}, {1, 2, 3, 4, 5, 6}), b = parameter({3}, {-1, 0, 2}), s = parameter({}, {3});
  const Tensor gy({2, 3}, {1, 2, 3, 4, 5, 6});
  expect_close("of a b with respect to a, b = {-1, 0, 2}", gradient(a * b, a, gy),
               Tensor({2, 3}, {-1, 0, 6, -4, 0, 12}));
  expect_close("with respect to b, which was repeated in two rows", gradient(a * b, b, gy), Tensor({3}, {17, 29, 45}));
  expect_close("of a s with respect to the number s", gradient(a * s, s, gy), Tensor::scalar(91));
  expect_close("of a a with respect to a", gradient(a * a, a, gy), Tensor({2, 3}, {2, 8, 18, 32, 50, 72}));
  expect_right("a b", gradcheck("mul", [](In in) { return in[0] * in[1]; }, {numbers(), b.value()}));
}

TEST_CASE("the quotient of two numbers") {
  const Variable a = parameter({2, 2}, {1, 2, 3, 4}), b = parameter({2}, {2, -4});
  const Tensor gy({2, 2}, {1, 2, 3, 4});
  expect_close("of a / b with respect to a, b = {2, -4}", gradient(a / b, a, gy), Tensor({2, 2}, {0.5, -0.5, 1.5, -1}));
  expect_close("with respect to b, which was repeated in two rows", gradient(a / b, b, gy), Tensor({2}, {-2.5, -1.25}));
  expect_right("a / b",
               gradcheck("div", [](In in) { return in[0] / in[1]; }, {numbers(), Tensor({2, 1}, {0.8, -1.5})}));
}

TEST_CASE("the gradient of the sigmoid's gradient") {
  const Variable x = parameter({2}, {0, std::log(Scalar(3))});  // σ = 1/2, 3/4
  const Variable slope = grad(sigmoid(x), x, Graph::create, Variable(Tensor({2}, {1, 2})));
  expect_close("gy σ(x) (1 - σ(x)) at x = {0, log 3}, gy = {1, 2}", slope.value(), Tensor({2}, {0.25, 0.375}));
  expect_close("its derivative gy σ (1 - σ) (1 - 2 σ), times {1, 4}", gradient(slope, x, Tensor({2}, {1, 4})),
               Tensor({2}, {0, -0.75}));
  const Variable gy = parameter({2}, {5, 8}), y = parameter({2}, {0.5, 0.75});
  expect_close("of gy y (1 - y) with respect to gy, times {1, 4}",
               gradient(sigmoid_grad(gy, y), gy, Tensor({2}, {1, 4})), Tensor({2}, {0.25, 0.75}));
  expect_close("with respect to y, times {1, 4}", gradient(sigmoid_grad(gy, y), y, Tensor({2}, {1, 4})),
               Tensor({2}, {0, -16}));
  expect_right("sigmoid", gradcheck("sigmoid", [](In in) { return sigmoid(in[0]); }, {numbers()}));
}

TEST_CASE("softmax: each output depends on every input of its row") {
  const Scalar u = std::log(Scalar(2)), v = std::log(Scalar(5));
  const Variable x = parameter({2, 3}, {0, u, v, v, 0, u});  // probabilities 1/8, 2/8, 5/8
  expect_close("the gradient for gy = {{8, 0, 0}, {0, 0, 8}}",
               gradient(softmax(x, 1), x, Tensor({2, 3}, {8, 0, 0, 0, 0, 8})),
               Tensor({2, 3}, {0.875, -0.25, -0.625, -1.25, -0.25, 1.5}));
  expect_close("for gy = 1 it is 0, since a row's sum is always 1", gradient(softmax(x, 1), x, Tensor::ones({2, 3})),
               Tensor::zeros({2, 3}));
  expect_right("softmax along axis 1", gradcheck("softmax", [](In in) { return softmax(in[0], 1); }, {numbers()}));
  expect_right("softmax along axis 0", gradcheck("softmax", [](In in) { return softmax(in[0], 0); }, {numbers()}));
}

TEST_CASE("the product of two matrices: each gradient is the product of gy with the other") {
  const Variable a = parameter({1, 2}, {1, 2}), b = parameter({2, 3}, {1, 0, 2, -1, 3, 1});
  const Tensor gy({1, 3}, {1, 2, 3});
  expect_close("ga = gy bᵀ", gradient(matmul(a, b), a, gy), Tensor({1, 2}, {7, 8}));
  expect_close("gb = aᵀ gy", gradient(matmul(a, b), b, gy), Tensor({2, 3}, {1, 2, 3, 2, 4, 6}));
  const Variable at = parameter({2, 1}, {1, 2}), bt = parameter({3, 2}, {1, -1, 0, 3, 2, 1});
  expect_close("of aᵀ b with respect to a", gradient(matmul(at, b, yes, no), at, gy), Tensor({2, 1}, {7, 8}));
  expect_close("of aᵀ b with respect to b", gradient(matmul(at, b, yes, no), b, gy),
               Tensor({2, 3}, {1, 2, 3, 2, 4, 6}));
  expect_close("of a bᵀ with respect to a", gradient(matmul(a, bt, no, yes), a, gy), Tensor({1, 2}, {7, 8}));
  expect_close("of a bᵀ with respect to b", gradient(matmul(a, bt, no, yes), bt, gy),
               Tensor({3, 2}, {1, 2, 2, 4, 3, 6}));
  expect_close("of aᵀ bᵀ with respect to a", gradient(matmul(at, bt, yes, yes), at, gy), Tensor({2, 1}, {7, 8}));
  expect_close("of aᵀ bᵀ with respect to b", gradient(matmul(at, bt, yes, yes), bt, gy),
               Tensor({3, 2}, {1, 2, 2, 4, 3, 6}));
}

TEST_CASE("a layer: the gradients of x, W and b, through the activation function") {
  const Variable x = parameter({2, 2}, {1, 2, 3, -1}), W = parameter({3, 2}, {1, 0, -1, 2, 1, 1}),
                 b = parameter({3}, {0, 1, -1});
  const Tensor gy({2, 3}, {1, 2, 3, 4, 5, 6});
  const Variable y = linear(x, W, b);
  expect_close("gx = gy W", gradient(y, x, gy), Tensor({2, 2}, {2, 7, 5, 16}));
  expect_close("gW = gyᵀ x", gradient(y, W, gy), Tensor({3, 2}, {13, -2, 17, -1, 21, 0}));
  expect_close("gb = the sum of the rows of gy", gradient(y, b, gy), Tensor({3}, {5, 7, 9}));
  const Variable r = linear(x, W, b, Activation::relu);  // z = {{1, 4, 2}, {3, -4, 1}}
  expect_close("gb behind a ReLU, which is 0 at one of the numbers", gradient(r, b, gy), Tensor({3}, {5, 2, 9}));
  for (const Activation activation : {Activation::none, Activation::sigmoid, Activation::tanh})
    expect_right("linear", gradcheck("linear", [=](In in) { return linear(in[0], in[1], in[2], activation); },
                                     {numbers(), others(), Tensor({2}, {0.3, -0.2})}));
}

TEST_CASE("the gradient of a constant is not computed") {
  const Variable x = Tensor({2, 2}, {1, 2, 3, 4}), W = parameter({2, 2}, {1, 0, -1, 2}), b = parameter({2}, {1, 1});
  const auto name = [](const char* op) {
    return text("of ", op, " with one constant, the other gradient alone is computed");
  };
  expect(computed(x * W) == 1 && computed(W * x) == 1, name("mul"));
  expect(computed(x / W) == 1 && computed(W / x) == 1, name("div"));
  expect(computed(matmul(x, W)) == 1 && computed(matmul(W, x)) == 1, name("matmul"));
  expect(computed(linear(x, W, b)) == 2, "of linear on a constant batch, the gradients of W and b are computed");
}
