#include <hourglass/autograd/ops.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/gradcheck.h>
#include <hourglass/autograd/record.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/random.h>
#include "tests/f64/autograd/declared_ops.h"

using namespace hourglass;

namespace {

using In = std::span<const Variable>;

struct Row {
  std::string op;  // as declared in autograd/ops.h
  Differentiable f;
  std::vector<Tensor> inputs;
  Curvature curvature = Curvature::curved;
};

// Numbers that keep a distance from 0 and from each other: no kink is met, no order changes.
Tensor apart(const Shape& shape, Rng& rng) {
  Tensor x(shape);
  const std::vector<int> order = rng.permutation(static_cast<int>(x.numel()));
  Scalar* to = x.write_();
  for (std::size_t i = 0; i < order.size(); ++i)
    to[i] = (order[i] - static_cast<Scalar>(order.size()) / 2 + Scalar(0.37)) * Scalar(0.21);
  return x;
}

Positions places(std::initializer_list<Index> list) { return std::make_shared<const memory::Vector<Index>>(list); }

std::vector<Row> rows() {
  Rng rng(11);
  const Tensor x = apart({2, 3}, rng), y = apart({2, 3}, rng), row = apart({3}, rng), column = apart({2, 1}, rng);
  const Tensor positive = rng.uniform({2, 3}, Scalar(0.4), 2), cube = apart({2, 3, 2}, rng), number = apart({}, rng);
  const Tensor a = rng.normal({2, 3}), b = rng.normal({3, 4}), at = rng.normal({3, 2}), bt = rng.normal({4, 3});
  const Tensor W = rng.normal({4, 3}), bias = rng.normal({4}), unit = rng.uniform({2, 3}, Scalar(0.1), Scalar(0.9));
  const Tensor image = apart({2, 2, 5, 4}, rng), kernel = rng.normal({3, 2, 3, 2}), pooled = apart({2, 3, 3, 3}, rng);
  const Tensor two = rng.normal({2}), three = rng.normal({3}), two_by_three = rng.normal({3, 2});
  const Tensor mask({3}, {0, 1, -3});
  constexpr Curvature flat = Curvature::flat;
  constexpr Transpose no = Transpose::no, yes = Transpose::yes;
  std::vector<Row> all = {
      {"add", [](In in) { return in[0] + in[1]; }, {x, y}, flat},
      {"add", [](In in) { return in[0] + in[1]; }, {x, row}, flat},
      {"add", [](In in) { return in[0] + in[1]; }, {column, row}, flat},
      {"sub", [](In in) { return in[0] - in[1]; }, {x, column}, flat},
      {"sub", [](In in) { return in[0] - in[1]; }, {number, x}, flat},
      {"mul", [](In in) { return in[0] * in[1]; }, {x, y}},
      {"mul", [](In in) { return in[0] * in[1]; }, {x, number}},
      {"mul", [](In in) { return in[0] * in[1]; }, {column, cube.reshape({3, 2, 2})}},
      {"mul", [](In in) { return in[0] * in[0]; }, {x}},
      {"div", [](In in) { return in[0] / in[1]; }, {x, positive}},
      {"div", [](In in) { return in[0] / in[1]; }, {row, positive}},
      {"maximum", [](In in) { return maximum(in[0], in[1]); }, {x, row}, flat},
      {"minimum", [](In in) { return minimum(in[0], in[1]); }, {x, row}, flat},
      {"affine", [](In in) { return affine(in[0], 3, -1); }, {x}, flat},
      {"div", [](In in) { return in[0] / 3; }, {x}, flat},
      {"where", [=](In in) { return where(mask, in[0], in[1]); }, {x, row}, flat},
      {"where", [=](In in) { return where(mask, in[0], 2); }, {row}, flat},
      {"where", [=](In in) { return where(mask, 2, in[0]); }, {x}, flat},
      {"exp", [](In in) { return exp(in[0]); }, {x}},
      {"expm1", [](In in) { return expm1(in[0]); }, {x}},
      {"log", [](In in) { return log(in[0]); }, {positive}},
      {"log1p", [](In in) { return log1p(in[0]); }, {positive}},
      {"sin", [](In in) { return sin(in[0]); }, {x}},
      {"cos", [](In in) { return cos(in[0]); }, {x}},
      {"pow", [](In in) { return pow(in[0], in[1]); }, {positive, row}},
      {"amin", [](In in) { return amin(in[0], 1); }, {x}, flat},
      {"sum",
       [](In in) {
         return sum(in[0], {0, -1});
       },
       {cube},
       flat},
      {"mean",
       [](In in) {
         return mean(in[0], {2, 0}, Keep::yes);
       },
       {cube},
       flat},
      {"stack",
       [](In in) {
         return stack({in[0], in[1]}, 1);
       },
       {x, y},
       flat},
      {"sqrt", [](In in) { return sqrt(in[0]); }, {positive}},
      {"abs", [](In in) { return abs(in[0]); }, {x}, flat},
      {"pow", [](In in) { return pow(in[0], Scalar(2.5)); }, {positive}},
      {"pow", [](In in) { return pow(in[0], 3); }, {x}},
      {"pow", [](In in) { return pow(in[0], 1); }, {x}, flat},
      {"square", [](In in) { return square(in[0]); }, {x}},
      {"clamp", [](In in) { return clamp(in[0], Scalar(-0.2), Scalar(0.2)); }, {x}, flat},
      {"relu", [](In in) { return relu(in[0]); }, {x}, flat},
      {"leaky_relu", [](In in) { return leaky_relu(in[0], Scalar(0.1)); }, {x}, flat},
      {"elu", [](In in) { return elu(in[0], Scalar(1.3)); }, {x}},
      {"gelu", [](In in) { return gelu(in[0]); }, {x}},
      {"silu", [](In in) { return silu(in[0]); }, {x}},
      {"sigmoid", [](In in) { return sigmoid(in[0]); }, {x}},
      {"tanh", [](In in) { return tanh(in[0]); }, {x}},
      {"softplus", [](In in) { return softplus(in[0]); }, {x}},
      {"activate", [](In in) { return activate(Activation::silu, in[0]); }, {x}},
      {"softmax", [](In in) { return softmax(in[0], -1); }, {x}},
      {"softmax", [](In in) { return softmax(in[0], 1); }, {cube}},
      {"log_softmax", [](In in) { return log_softmax(in[0], 0); }, {x}},
      {"relu_grad", [](In in) { return relu_grad(in[0], in[1]); }, {y, x}, flat},
      {"leaky_relu_grad", [](In in) { return leaky_relu_grad(in[0], in[1], Scalar(0.1)); }, {y, x}, flat},
      {"elu_grad", [](In in) { return elu_grad(in[0], in[1], Scalar(1.3)); }, {y, x}},
      {"gelu_grad", [](In in) { return gelu_grad(in[0], in[1]); }, {y, x}},
      {"silu_grad", [](In in) { return silu_grad(in[0], in[1]); }, {y, x}},
      {"sigmoid_grad", [](In in) { return sigmoid_grad(in[0], in[1]); }, {y, x}},
      {"tanh_grad", [](In in) { return tanh_grad(in[0], in[1]); }, {y, x}},
      {"matmul", [](In in) { return matmul(in[0], in[1]); }, {a, b}},
      {"matmul", [](In in) { return matmul(in[0], in[1], yes, no); }, {at, b}},
      {"matmul", [](In in) { return matmul(in[0], in[1], no, yes); }, {a, bt}},
      {"matmul", [](In in) { return matmul(in[0], in[1], yes, yes); }, {at, bt}},
      {"linear", [](In in) { return linear(in[0], in[1], Variable()); }, {a, W}},
      {"sum", [](In in) { return sum(in[0]); }, {x}, flat},
      {"sum", [](In in) { return sum(in[0], 0); }, {x}, flat},
      {"sum", [](In in) { return sum(in[0], 1, Keep::yes); }, {cube}, flat},
      {"mean", [](In in) { return mean(in[0]); }, {x}, flat},
      {"mean", [](In in) { return mean(in[0], -1); }, {x}, flat},
      {"amax", [](In in) { return amax(in[0], 1); }, {x}, flat},
      {"amax", [](In in) { return amax(in[0], 0, Keep::yes); }, {cube}, flat},
      {"logsumexp", [](In in) { return logsumexp(in[0], 1); }, {x}},
      {"logsumexp", [](In in) { return logsumexp(in[0], 0, Keep::yes); }, {cube}},
      {"top_k", [](In in) { return top_k(in[0], 2); }, {x}, flat},
      {"reshape",
       [](In in) {
         return reshape(in[0], {3, 2});
       },
       {x},
       flat},
      {"permute",
       [](In in) {
         return permute(in[0], {2, 0, 1});
       },
       {cube},
       flat},
      {"transpose", [](In in) { return transpose(in[0]); }, {x}, flat},
      {"cat",
       [](In in) {
         return cat({in[0], in[1], in[0]}, 1);
       },
       {x, y},
       flat},
      {"narrow", [](In in) { return narrow(in[0], 1, 1, 2); }, {cube}, flat},
      {"pad", [](In in) { return pad(in[0], 0, 1, 4); }, {x}, flat},
      {"broadcast_to",
       [](In in) {
         return broadcast_to(in[0], {4, 2, 3});
       },
       {column},
       flat},
      {"sum_to",
       [](In in) {
         return sum_to(in[0], {3, 1});
       },
       {cube},
       flat},
      {"take",
       [](In in) {
         return take(in[0], places({5, 0, 0, 3}), {2, 2});
       },
       {x},
       flat},
      {"put",
       [](In in) {
         return put(in[0], places({5, 0, 0, 3, 1, 7}), {2, 4});
       },
       {x},
       flat},
      {"gather",
       [](In in) {
         return gather(in[0], 1, std::vector<int>{2, 0, 1, 1}, {2, 2});
       },
       {x},
       flat},
      {"embedding",
       [](In in) {
         return embedding(std::vector<int>{1, 1, 0}, in[0]);
       },
       {x},
       flat},
      {"conv2d",
       [](In in) {
         return conv2d(in[0], in[1], in[2], {2, 1});
       },
       {image, kernel, three}},
      {"conv2d", [](In in) { return conv2d(in[0], in[1], Variable()); }, {image, kernel}},
      {"conv2d",
       [](In in) {
         return conv2d(in[0], in[1], in[2], {1, 1}, Activation::tanh);
       },
       {image, kernel, three}},
      {"conv2d_input",
       [](In in) {
         return conv2d_input(in[0], in[1], in[2], 5, 4, {2, 1});
       },
       {pooled, kernel, two}},
      {"conv2d_input",
       [](In in) {
         return conv2d_input(in[0], in[1], in[2], 5, 4, {2, 1}, Activation::sigmoid);
       },
       {pooled, kernel, two}},
      {"conv2d_weight",
       [](In in) {
         return conv2d_weight(in[0], in[1], 3, 2, {2, 1});
       },
       {image, pooled}},
      {"conv_transpose2d",
       [](In in) {
         return conv_transpose2d(in[0], in[1], in[2], {2, 1}, 1);
       },
       {pooled, kernel, two}},
      {"avg_pool2d",
       [](In in) {
         return avg_pool2d(in[0], 3, {2, 1});
       },
       {image},
       flat},
      {"avg_unpool2d",
       [](In in) {
         return avg_unpool2d(in[0], 2, 6, 6, {2, 0});
       },
       {pooled},
       flat},
      {"max_pool2d",
       [](In in) {
         return max_pool2d(in[0], 2, {2, 1});
       },
       {image},
       flat},
      {"upsample", [](In in) { return upsample(in[0], 3); }, {pooled}, flat},
      {"layer_norm", [](In in) { return layer_norm(in[0], in[1], in[2]); }, {x, row, row}},
      {"layer_norm", [](In in) { return layer_norm(in[0], in[1], Variable()); }, {cube, two_by_three}},
      {"layer_norm", [](In in) { return layer_norm(in[0], Variable(), Variable()); }, {x}},
      {"batch_norm", [](In in) { return batch_norm(in[0], batch_statistics(in[0]), in[1], in[2]); }, {image, two, two}},
      {"batch_norm",
       [](In in) {
         return batch_norm(in[0], {in[1], in[2]}, Variable(), Variable());
       },
       {x, row, square(row) + 1}},
      {"dropout",
       [](In in) {
         Rng again(5);
         return dropout(in[0], Scalar(0.4), again);
       },
       {x},
       flat},
      {"squared_difference", [](In in) { return squared_difference(in[0], in[1]); }, {x, y}},
      {"binary_cross_entropy_with_logits",
       [](In in) { return binary_cross_entropy_with_logits(in[0], in[1]); },
       {x, unit}},
      {"gaussian_kl", [](In in) { return gaussian_kl(in[0], in[1]); }, {x, y}},
      {"bernoulli_kl", [](In in) { return bernoulli_kl(Scalar(0.3), in[0]); }, {unit}},
  };
  for (Activation activation : {Activation::none, Activation::relu, Activation::leaky_relu, Activation::sigmoid,
                                Activation::tanh, Activation::gelu, Activation::silu}) {
    all.push_back({"linear", [=](In in) { return linear(in[0], in[1], in[2], activation); }, {a, W, bias}});
    const bool bends = activation == Activation::sigmoid || activation == Activation::tanh;
    all.push_back({"conv2d_input",
                   [=](In in) {
                     return conv2d_input(in[0], in[1], in[2], 5, 4, {2, 1}, activation);
                   },
                   {pooled, kernel, two}});
    all.push_back({"conv2d",
                   [=](In in) {
                     return conv2d(in[0], in[1], in[2], {2, 1}, activation);
                   },
                   {image, kernel, three}});
    if (activation != Activation::none && activation.is_fused())
      all.push_back({"activation_grad",
                     [=](In in) { return activation_grad(activation, in[0], in[1]); },
                     {y, x},
                     bends ? Curvature::curved : flat});
  }
  return all;
}

}  // namespace

TEST_CASE("every op equals its numeric derivative, to second order") {
  for (const Row& row : rows()) {
    const GradcheckVerdict verdict = gradcheck(row.op, row.f, row.inputs, {.curvature = row.curvature});
    CHECK_MESSAGE(verdict.right, verdict.text);
  }
}

TEST_CASE("an op computes only the gradients that are needed, and the same ones") {
  for (const Row& row : rows()) {
    std::vector<Variable> all, constant;
    for (const Tensor& input : row.inputs)
      all.push_back(Variable::parameter(input)), constant.push_back(Variable(input));
    const Variable y = row.f(all);
    const Variable cotangent = Rng(4).normal(y.shape());
    const Variables expected = grad(y, std::span<const Variable>(all), Graph::free, cotangent);
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<Variable> one = constant;
      one[i] = all[i];
      const Variable alone = row.f(one);
      if (!alone.requires_grad()) continue;
      const Variable found = grad(alone, one[i], Graph::free, cotangent);
      CHECK_MESSAGE(std::ranges::equal(found.value().values(), expected[i].value().values()),
                    row.op << ", input " << i);
    }
  }
}
TEST_CASE("windows of a pool that stand out on either side count only what is inside") {
  const Tensor counted = avg_pool2d(Tensor::full({1, 1, 3, 3}, 16), 4, {1, 2});  // 16 of ones a window
  const Index inside[] = {2, 3, 3, 2};
  for (Index p = 0; p < 4; ++p)
    for (Index q = 0; q < 4; ++q) CHECK(counted.at({0, 0, p, q}) == static_cast<Scalar>(inside[p] * inside[q]));
}
TEST_CASE("every declared op has a row") {
  const std::set<std::string> declared = declared_ops();
  std::set<std::string> checked{"round_straight_through", "eq"};  // by convention: see below
  CHECK(declared.size() > 60);
  for (const Row& row : rows()) checked.insert(row.op);
  for (const std::string& op : declared) CHECK_MESSAGE(checked.contains(op), op << " is declared and never checked");
  for (const std::string& op : checked) CHECK_MESSAGE(declared.contains(op), op << " is checked and not declared");
}

TEST_CASE("a fused op equals its simple twin, made of primitives") {
  Rng rng(6);
  const Tensor g = rng.normal({3, 4}), x = rng.normal({3, 4}), W = rng.normal({5, 4}), b = rng.normal({5}),
               t = rng.uniform({3, 4});
  const Variable gy = g, y = x, zero = Tensor::scalar(0);
  const auto step = [&](const Variable& v) { return Variable(v.value() > 0); };  // [v > 0]
  const auto same = [](const char* op, const Variable& fused, const Variable& simple) {
    REQUIRE(fused.shape() == simple.shape());
    for (Index i = 0; i < fused.numel(); ++i)
      CHECK_MESSAGE(std::abs(fused.value().data()[i] - simple.value().data()[i]) < 1e-13, op << " at " << i);
  };
  same("relu_grad", relu_grad(gy, y), gy * step(y));
  same("leaky_relu_grad", leaky_relu_grad(gy, y, 0.1), gy * (0.1 + 0.9 * step(y)));
  same("elu_grad", elu_grad(gy, y, 1.3), gy * (step(y) + (1 - step(y)) * (1.3 * exp(y))));
  same("sigmoid_grad", sigmoid_grad(gy, y), gy * y * (1 - y));
  same("tanh_grad", tanh_grad(gy, y), gy * (1 - y * y));
  same("activation_grad", activation_grad(Activation::none, gy, y), gy);
  same("silu_grad", silu_grad(gy, y), gy * (sigmoid(y) + y * sigmoid(y) * (1 - sigmoid(y))));
  const Variable z = Variable::parameter(x);  // the derivative of x Φ(x), by differentiating its parts
  same("gelu_grad", gelu_grad(gy, y), grad(gelu(z), z, Graph::free, gy));
  same("linear", linear(y, W, b, Activation::tanh), tanh(matmul(y, transpose(Variable(W))) + Variable(b)));
  same("linear", linear(y, W, Variable(), Activation::tanh), tanh(matmul(y, transpose(Variable(W)))));
  same("squared_difference", squared_difference(y, g), sum(square(y - gy)));
  same("binary_cross_entropy_with_logits", binary_cross_entropy_with_logits(y, t),
       sum(zero - Variable(t) * log(sigmoid(y)) - (1 - Variable(t)) * log(1 - sigmoid(y))));
  same("gaussian_kl", gaussian_kl(y, g), sum(0.5 * (square(y) + exp(gy) - 1 - gy)));
  const Variable images = rng.normal({2, 3, 5, 5}), kernel = rng.normal({4, 3, 3, 3});  // without a bias
  same("conv2d", conv2d(images, kernel, Variable(), {1, 1}, Activation::tanh),
       tanh(conv2d(images, kernel, Variable(), {1, 1})));
  same("softmax", softmax(y, -1), exp(y) / sum(exp(y), 1, Keep::yes));
  same("logsumexp", logsumexp(y, 1), log(sum(exp(y), 1)));
}

TEST_CASE("activate applies the op of its kind") {
  const Variable x = Tensor({4}, {-2, -0.5, 0.25, 3});
  const std::vector<std::pair<Activation, Variable>> kinds{{Activation::none, x},
                                                           {Activation::relu, relu(x)},
                                                           {Activation::leaky(0.2), leaky_relu(x, 0.2)},
                                                           {Activation::sigmoid, sigmoid(x)},
                                                           {Activation::tanh, tanh(x)},
                                                           {Activation::gelu, gelu(x)},
                                                           {Activation::silu, silu(x)}};
  for (const auto& kind : kinds) {
    const Tensor found = activate(kind.first, x).value(), y = kind.second.value();
    CHECK_MESSAGE(std::equal(found.values().begin(), found.values().end(), y.values().begin(), y.values().end()),
                  "kind " << int(kind.first.kind));
  }
}

TEST_CASE("the gradient of a squared difference is differentiated by what scales it, with a constant on its left") {
  const Variable w = Variable::parameter(Tensor::scalar(3)), x = Variable::parameter(Tensor({2}, {1, 2}));
  const Variable gx = grad(w * squared_difference(Tensor({2}, {0, 5}), x), x, Graph::create);
  CHECK(grad(sum(gx), w).item() == 2 * ((1 - 0) + (2 - 5)));
}

TEST_CASE("ops whose gradient is a convention keep it") {
  Rng rng(2);
  const Variable x = Variable::parameter(rng.normal({2, 3}));
  const Tensor v = rng.normal({2, 3});
  const Variable rounded = grad(round_straight_through(x), x, Graph::free, Variable(v));  // as if y = x
  CHECK(std::ranges::equal(rounded.value().values(), v.values()));
  CHECK(round_straight_through(x).value().at({0, 0}) == std::nearbyint(x.value().at({0, 0})));
  CHECK_FALSE(x.detach().requires_grad());
  const Variable stopped = grad(sum(x * x.detach()), x);  // x d/dx stop(x) = 0
  CHECK(std::ranges::equal(stopped.value().values(), x.value().values()));
}

// ---- the check has teeth: each of these ops is wrong in one way

TEST_CASE("gradcheck notices a wrong sign, a lost factor, a forgotten broadcast sum and a flat second derivative") {
  Rng rng(3);
  const Tensor x = rng.normal({2, 3}), row = rng.normal({3});
  const auto says = [](const GradcheckVerdict& verdict, const char* what) {
    return !verdict.right && verdict.text.find(what) != std::string::npos;
  };

  const auto wrong_sign = [](In in) {
    return record("exp", exp(in[0]).value(), {in[0]}, Save::output,
                  [](Node& n, const Variable& gy) { return -(gy * n.output()); });
  };
  CHECK(says(gradcheck("wrong sign", wrong_sign, {x}), "order 1, input 0 [2, 3]"));

  const auto lost_factor = [](In in) {  // of x²
    return record("square", square(in[0]).value(), {in[0]}, Save::inputs,
                  [](Node& n, const Variable& gy) { return gy * n.input(0); });
  };
  CHECK(says(gradcheck("lost factor", lost_factor, {x}), "order 1"));

  const auto wrong_at_the_end = [](In in) {
    return record("square", square(in[0]).value(), {in[0]}, Save::inputs, [](Node& n, const Variable& gy) {
      return gy * (2 * n.input(0) * Variable(Tensor({2, 3}, {1, 1, 1, 1, 1, 0})));
    });
  };
  CHECK(says(gradcheck("wrong at the end", wrong_at_the_end, {x}),
             "gradcheck wrong at the end: order 1, input 0 [2, 3], entry (1, 2): analytic 0"));

  const auto infinite = [](In in) {  // in one entry: every other difference is small beside it
    return record("exp", exp(in[0]).value(), {in[0]}, Save::output, [](Node& n, const Variable& gy) {
      return gy * n.output() * Variable(Tensor({2, 3}, {1, 1, 1, 1, INFINITY, 1}));
    });
  };
  CHECK(says(gradcheck("infinite", infinite, {x}), "order 1, input 0 [2, 3], entry (1, 1): analytic "));

  const auto first_only = [](In in) {  // its rule computes with tensors, so that the second derivative is lost
    return record("square", square(in[0]).value(), {in[0]}, Save::inputs,
                  [](Node& n, const Variable& gy) { return gy * (2 * n.input(0).detach()); });
  };
  CHECK(gradcheck("first only", first_only, {x}, {.order = 1}));
  CHECK(says(gradcheck("first only", first_only, {x}), "order 2"));
  const auto first_only_of_second = [&](In in) { return sum(square(in[0])) + sum(first_only(in.subspan(1))); };
  CHECK(says(gradcheck("of the second", first_only_of_second, {x, x}), "order 2, input 1"));

  const auto forgotten_sum = [](In in) {
    return record("add", (in[0] + in[1]).value(), {in[0], in[1]}, Save::nothing, [](Node& n, const Variable& gy) {
      return Gradients{gy, reshape(narrow(gy, 0, 0, 1), n.input_shape(1))};  // the first row alone
    });
  };
  CHECK(says(gradcheck("forgotten broadcast sum", forgotten_sum, {x, row}, {.order = 1}), "input 1 [3]"));

  CHECK(says(gradcheck("said flat", [](In in) { return square(in[0]); }, {x}, {.curvature = Curvature::flat}),
             "declared flat"));
  CHECK(says(gradcheck("said curved", [](In in) { return 2 * in[0]; }, {x}),
             "gradcheck said curved: declared curved, but"));
}

TEST_CASE("a gradient that arrives twice is not added into somebody else's buffer") {
  const Variable a = Variable::parameter(Tensor::scalar(2)), b = Variable::parameter(Tensor::scalar(3));
  const Variable y = a + b, z = y + a;  // dz/da = 2, dz/db = 1
  backward(z);
  CHECK(a.grad().item() == 2);
  CHECK(b.grad().item() == 1);
}
