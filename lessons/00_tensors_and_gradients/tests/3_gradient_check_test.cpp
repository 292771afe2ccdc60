#include <functional>
#include <span>
#include <string>
#include <vector>

#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

using Op = std::function<Variable(std::span<const Variable>)>;
bool gradient_is_right(const Op& f, const std::vector<Tensor>& inputs);  // the student's function

namespace {

using In = std::span<const Variable>;

struct Version {
  std::string what;
  Op f;
  std::vector<Tensor> inputs;
};

std::vector<Tested> tested(const std::vector<Version>& versions) {
  std::vector<Tested> verdicts;
  for (const Version& one : versions) verdicts.push_back({one.what, gradient_is_right(one.f, one.inputs)});
  return verdicts;
}

// A function of one input, with this backward function.
template <class Backward>
Op with(Tensor (*value)(const Tensor&), Backward backward) {
  return [=](In in) { return record("op", value(in[0].value()), {in[0]}, Save::both, backward); };
}
// The same for two inputs.
template <class Backward>
Op with_two(Tensor (*value)(const Tensor&, const Tensor&), Backward backward) {
  return [=](In in) { return record("op", value(in[0].value(), in[1].value()), {in[0], in[1]}, Save::both, backward); };
}

Tensor squared(const Tensor& x) { return x * x; }
Tensor flipped(const Tensor& x) { return transpose(x); }
Tensor tiny(const Tensor& x) { return 1e-7 * x * x; }
Tensor plus(const Tensor& a, const Tensor& b) { return a + b; }
Tensor minus(const Tensor& a, const Tensor& b) { return a - b; }
Tensor times(const Tensor& a, const Tensor& b) { return a * b; }
Tensor product(const Tensor& a, const Tensor& b) { return matmul(a, b); }
Tensor exponential(const Tensor& x) { return exp(x); }
Tensor logistic(const Tensor& x) { return 1 / (1 + exp(-x)); }
Tensor row_softmax(const Tensor& x) { return exp(x) / sum(exp(x), 1, Keep::yes); }

const Tensor row({3}, {0.7, -1.3, 2.1}), from_one({3}, {1, -0.5, 2});
const Tensor wide({2, 3}, {0.3, -1.2, 0.8, 1.5, -0.4, 0.6}), other({2, 3}, {-0.9, 0.5, 1.1, 0.2, 0.7, -1.6});
const Tensor matrix({2, 2}, {0.4, -0.6, 1.3, 0.9}), second({2, 2}, {-0.2, 1.1, 0.5, 0.8});

std::vector<Version> wrong_versions() {
  return {
      {"x², whose gradient lacks the factor 2",
       with(squared, [](Node& n, const Variable& gy) { return gy * n.input(0); }),
       {row}},
      {"the logistic sigmoid, whose derivative is computed from its input instead of its output",
       with(logistic, [](Node& n, const Variable& gy) { return gy * n.input(0) * (1 - n.input(0)); }),
       {row}},
      {"a · b entry by entry, whose gradient has the wrong sign in one entry",
       with_two(times,
                [](Node& n, const Variable& gy) {
                  const Variable signs = Tensor({2, 3}, {1, 1, 1, 1, 1, -1});
                  return Gradients{gy * n.input(1) * signs, gy * n.input(0)};
                }),
       {wide, other}},
      {"a + b with b added to each row, whose gradient of b is not summed over the rows (sum_to): it is that of row 0",
       with_two(plus,
                [](Node&, const Variable& gy) {
                  return Gradients{gy, narrow(gy, 0, 0, 1)};
                }),
       {wide, row.reshape({1, 3})}},
      {"the transpose, whose gradient is reshaped instead of transposed",
       with(flipped, [](Node& n, const Variable& gy) { return reshape(gy, n.input_shape(0)); }),
       {wide}},
      {"the matrix product a b, whose gradient of a is gy b instead of gy bᵀ",
       with_two(product,
                [](Node& n, const Variable& gy) {
                  return Gradients{matmul(gy, n.input(1)), matmul(n.input(0), gy, Transpose::yes)};
                }),
       {matrix, second}},
      {"the softmax, whose gradient y (gy - mean gy) is right only if all entries of v are equal",
       with(row_softmax, [](Node& n, const Variable& gy) { return n.output() * (gy - sum(gy, 1, Keep::yes) / 3); }),
       {wide}},
      {"x², whose gradient 2 gy is right only at x = 1, the first entry",
       with(squared, [](Node&, const Variable& gy) { return gy * 2; }),
       {from_one}},
      {"x², whose gradient is NaN at x = 0",
       with(squared, [](Node& n, const Variable& gy) { return gy * 2 * square(n.input(0)) / n.input(0); }),
       {Tensor({3}, {0.5, 0, -2})}},
      {"e^x, whose gradient is too large by a factor of 1.0001",
       with(exponential, [](Node& n, const Variable& gy) { return gy * n.output() * 1.0001; }),
       {row}},
      {"a - b, whose gradient of the second input has the wrong sign",
       with_two(minus,
                [](Node&, const Variable& gy) {
                  return Gradients{gy, gy};
                }),
       {wide, other}},
      {"10^-7 x², whose small gradient lacks the factor 2",
       with(tiny, [](Node& n, const Variable& gy) { return gy * n.input(0) * 1e-7; }),
       {row}},
  };
}

std::vector<Version> right_versions() {
  return {
      {"x²", [](In in) { return square(in[0]); }, {row}},
      {"x² at 0", [](In in) { return square(in[0]); }, {Tensor({3}, {0.5, 0, -2})}},
      {"x · x, which uses its input twice", [](In in) { return in[0] * in[0]; }, {wide}},
      {"x³ between 100 and 300", [](In in) { return pow(in[0], 3); }, {Tensor({3}, {100, 200, 300})}},
      {"10^-7 x²", [](In in) { return square(in[0]) * 1e-7; }, {row}},
      {"a + b with b added to each row", [](In in) { return in[0] + in[1]; }, {wide, row}},
      {"the transpose", [](In in) { return transpose(in[0]); }, {wide}},
      {"the matrix product", [](In in) { return matmul(in[0], in[1]); }, {matrix, wide}},
      {"the softmax", [](In in) { return softmax(in[0], 1); }, {wide}},
      {"the sum of e^x, a single number", [](In in) { return sum(exp(in[0])); }, {wide}},
  };
}

}  // namespace

TEST_CASE("it accepts the op x² of the library, and rejects one whose gradient lacks the factor 2") {
  expect(gradient_is_right([](In in) { return square(in[0]); }, {row}), "true for the op square of the library");
  expect(!gradient_is_right(wrong_versions()[0].f, {row}), "false for x² with the gradient x gy");
}

TEST_CASE("it accepts each op whose backward function is right") { expect_accepted(tested(right_versions())); }

TEST_CASE("it rejects each op whose backward function is wrong") { expect_rejected(tested(wrong_versions())); }

TEST_CASE("the inputs do not change") {
  const Tensor x = row.clone();
  gradient_is_right([](In in) { return square(in[0]); }, {x});
  expect_close("the input afterwards", x, row, 0);
}
