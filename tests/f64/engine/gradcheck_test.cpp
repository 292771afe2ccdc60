#include <hourglass/autograd/gradcheck.h>

#include <cmath>
#include <limits>
#include <string>

#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

namespace {

using In = std::span<const Variable>;
constexpr GradcheckOptions first{.order = 1};

// x², with a gradient that is `factor` times the right one, entry by entry.
Differentiable square_with(const Tensor& factor) {
  return [=](In in) {
    return record("square", square(in[0].value()), {in[0]}, Save::inputs,
                  [=](Node& n, const Variable& gy) { return gy * (2 * n.input(0) * Variable(factor)); });
  };
}

// The check must fail, and report this.
void expect_wrong(const std::string& what, const GradcheckVerdict& verdict, const std::string& reported) {
  expect(!verdict.right, what + " is reported as wrong");
  if (!verdict.right)
    expect(verdict.text.find(reported) != std::string::npos,
           what + " is reported by \"… " + reported + " …\"; found: " + verdict.text);
}

const Tensor& numbers() {
  static const Tensor x({2, 3}, {0.7, -1.1, 0.3, 1.6, -0.4, 2.5});
  return x;
}

}  // namespace

TEST_CASE("a right gradient passes, and the inputs are as they were") {
  Tensor x = numbers().clone();
  expect_right("e^x", gradcheck(
                          "exp", [](In in) { return exp(in[0]); }, {x}, first));
  expect_right("x y", gradcheck(
                          "mul", [](In in) { return in[0] * in[1]; }, {x, Tensor({3}, {2, 0, -1})}, first));
  expect_close("the input after the check", x, numbers(), 0);
  Tensor seen;  // what f is evaluated at
  const auto watched = [&](In in) {
    seen = in[0].value();
    return square(in[0]);
  };
  expect_right("x²", gradcheck("square", watched, {Tensor::scalar(1)}, first));
  expect_close("the last point at which x² is evaluated is 1 ± 2 h at most, h = 1e-4", seen.item(), 1, 2.001e-4);
}

TEST_CASE("the numerical gradient of a function with large higher derivatives is precise") {
  const auto wave = [](In in) { return sin(in[0] * 50); };  // (50 h)² / 6 = 4e-6 is too much, (50 h)⁴ / 30 is not
  expect_right("sin 50 x, h = 1e-4", gradcheck("wave", wave, {numbers()}, first));
  const auto fourth = [](In in) { return pow(in[0], 4); };  // with h = 0.1: exact, but for rounding
  expect_right("x⁴, h = 0.1", gradcheck("fourth", fourth, {numbers()}, {.order = 1, .tolerance = 1e-9, .step = 0.1}));
}

TEST_CASE("a wrong gradient is found, and the entry is named") {
  expect_wrong("half of the gradient of x²",
               gradcheck("square", square_with(Tensor::full({2, 3}, 0.5)), {numbers()}, first),
               "gradcheck square: order 1, input 0 [2, 3], entry (0, 0): analytic ");
  expect_wrong("a gradient of x² with the wrong sign",
               gradcheck("square", square_with(Tensor::full({2, 3}, -1)), {numbers()}, first), "entry (0, 0)");
  expect_wrong("a gradient of x² that is 0 in its last entry",
               gradcheck("square", square_with(Tensor({2, 3}, {1, 1, 1, 1, 1, 0})), {numbers()}, first),
               "entry (1, 2): analytic ");
  const auto second_input = [](In in) {
    return record("sub", sub(in[0].value(), in[1].value()), {in[0], in[1]}, Save::nothing,
                  [](Node&, const Variable& gy) {
                    return Gradients{gy, gy};
                  });
  };
  expect_wrong("a - b with the gradient 1 for b", gradcheck("sub", second_input, {numbers(), numbers()}, first),
               "input 1 [2, 3], entry (0, 0)");
}

TEST_CASE("an error counts in units of the largest entry, and of 1e-3 where all are smaller") {
  const auto off = [](Number by, Number scale) {  // by how much of its own size the gradient of scale · x² is wrong
    return [=](In in) { return square_with(Tensor::full({2, 3}, 1 + by))(In(std::vector<Variable>{in[0]})) * scale; };
  };
  expect_right("x², off by 1e-8", gradcheck("square", off(1e-8, 1), {numbers()}, first));
  expect_wrong("x², off by 1e-5", gradcheck("square", off(1e-5, 1), {numbers()}, first), "order 1, input 0");
  expect_right("1e6 x², off by 1e-8", gradcheck("square", off(1e-8, 1e6), {numbers()}, first));
  expect_wrong("0.01 x², off by 1e-5 of itself", gradcheck("square", off(1e-5, 0.01), {numbers()}, first),
               "order 1, input 0");
  expect_right("1e-12 x², off by 0.1", gradcheck("square", off(0.1, 1e-12), {numbers()}, first));
  const auto uneven = [](In in) { return in[0] * Variable(Tensor({2, 3}, {1e6, 1e-3, 1, 1e3, 1e-6, 0})); };
  expect_right("x times 1e6, 1e-3, 1, …, whose small entries are lost in rounding",
               gradcheck("uneven", uneven, {numbers()}, first));
}

TEST_CASE("NaN and infinity are wrong wherever they are") {
  constexpr Scalar infinity = std::numeric_limits<Scalar>::infinity(),
                   missing = std::numeric_limits<Scalar>::quiet_NaN();
  expect_wrong("a gradient with a NaN",
               gradcheck("square", square_with(Tensor({2, 3}, {1, 1, missing, 1, 1, 1})), {numbers()}, first),
               "entry (0, 2): analytic ");
  expect_wrong("a gradient with an infinity",
               gradcheck("square", square_with(Tensor({2, 3}, {1, 1, 1, 1, infinity, 1})), {numbers()}, first),
               "entry (1, 1): analytic ");
  const auto edge = [](In in) { return sqrt(in[0] - 1) * 0 + in[0]; };  // at 1 + h it has a value, at 1 - h it has none
  expect_wrong("√(x - 1) at 1.00005", gradcheck("edge", edge, {Tensor({2}, {2, 1.00005})}, first),
               "entry (1): analytic ");
}

TEST_CASE("the gradient of the gradient is checked, with respect to the inputs and to the cotangent") {
  expect_right("sin x", gradcheck("sin", [](In in) { return sin(in[0]); }, {numbers()}));
  expect_right("x y", gradcheck("mul", [](In in) { return in[0] * in[1]; }, {numbers(), Tensor({3}, {2, 0, -1})}));
  const auto cut = [](In in) {  // its gradient is right, and cannot be differentiated
    return record("cut", square(in[0].value()), {in[0]}, Save::inputs,
                  [](Node& n, const Variable& gy) { return gy * (2 * n.input(0).detach()); });
  };
  expect_wrong("x², whose backward function leaves the graph", gradcheck("cut", cut, {numbers()}), "order 2, input 0");
  const auto cut_in_second = [&](In in) { return sum(square(in[0])) + sum(cut(in.subspan(1))); };
  expect_wrong("the same of the second input", gradcheck("cut", cut_in_second, {numbers(), numbers()}),
               "order 2, input 1");
  const auto lost = [](In in) {  // its gradient is right, and constant with respect to gy
    return record("lost", square(in[0].value()), {in[0]}, Save::inputs,
                  [](Node& n, const Variable& gy) { return gy.detach() * (2 * n.input(0)); });
  };
  expect_wrong("x², whose gradient does not depend on the cotangent", gradcheck("lost", lost, {numbers()}),
               "order 2, input 1");
}

TEST_CASE("errors of the second derivative that cancel in a plain sum are found") {
  const auto balanced = [=](const Variable& x) {  // 0, but its gradient is wrong unless all entries of g are the same
    return record("zero", Tensor::zeros(x.shape()), {x}, Save::nothing,
                  [=](Node&, const Variable& g) { return g - mean(g); });
  };
  const auto op = [=](In in) {
    return record("square", square(in[0].value()), {in[0]}, Save::inputs,
                  [=](Node& n, const Variable& gy) { return gy * (2 * n.input(0)) + balanced(n.input(0)); });
  };
  expect_wrong("x², whose second derivative is wrong by numbers that add up to 0", gradcheck("square", op, {numbers()}),
               "order 2, input 0");
}

TEST_CASE("a second derivative that is declared zero is zero, and otherwise it is not") {
  expect_right("3 x, declared flat",
               gradcheck("affine", [](In in) { return 3 * in[0]; }, {numbers()}, {.curvature = Curvature::flat}));
  expect_wrong("x², declared flat",
               gradcheck("square", [](In in) { return square(in[0]); }, {numbers()}, {.curvature = Curvature::flat}),
               "declared flat, but its second derivative reaches ");
  expect_wrong("3 x, declared curved", gradcheck("affine", [](In in) { return 3 * in[0]; }, {numbers()}),
               "declared curved, but");
}
