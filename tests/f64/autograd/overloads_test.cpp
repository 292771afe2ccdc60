#include <cmath>
#include <limits>
#include <type_traits>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "tests/check.h"

using namespace hourglass;

// The overload rule: an op on Tensors returns a Tensor; as soon as one argument is a Variable, it returns a Variable.
namespace {

template <class Returned, class F, class... Given>
concept Returns = std::is_same_v<std::invoke_result_t<F, Given...>, Returned>;

// An op of one tensor.
template <class F>
void one(F) {
  static_assert(Returns<Tensor, F, Tensor>);
  static_assert(Returns<Variable, F, Variable>);
}

// An op of two, and beside a number of any kind on either side.
template <class F>
void two(F) {
  static_assert(Returns<Tensor, F, Tensor, Tensor>);
  static_assert(Returns<Variable, F, Variable, Variable>);
  static_assert(Returns<Variable, F, Tensor, Variable>);
  static_assert(Returns<Variable, F, Variable, Tensor>);
}

template <class N, class F>
void number(F) {
  static_assert(Returns<Tensor, F, Tensor, N>);
  static_assert(Returns<Tensor, F, N, Tensor>);
  static_assert(Returns<Variable, F, Variable, N>);
  static_assert(Returns<Variable, F, N, Variable>);
}

template <class F>
void numbers(F f) {
  two(f);
  number<int>(f);
  number<Index>(f);
  number<std::size_t>(f);
  number<float>(f);
  number<double>(f);
}

Tensor of(std::initializer_list<Scalar> numbers) { return Tensor({static_cast<Index>(numbers.size())}, numbers); }

void check_same(const Tensor& found, const Tensor& expected) {
  REQUIRE(found.shape() == expected.shape());
  for (Index i = 0; i < found.numel(); ++i) CHECK(found.data()[i] == expected.data()[i]);
}

}  // namespace

TEST_CASE("an op returns a Tensor of Tensors, and a Variable as soon as one argument is one") {
  numbers([](auto a, auto b) { return a + b; });
  numbers([](auto a, auto b) { return a - b; });
  numbers([](auto a, auto b) { return a * b; });
  numbers([](auto a, auto b) { return a / b; });
  numbers([](auto a, auto b) { return a < b; });
  numbers([](auto a, auto b) { return a > b; });
  numbers([](auto a, auto b) { return a <= b; });
  numbers([](auto a, auto b) { return a >= b; });
  two([](auto a, auto b) { return eq(a, b); });
  two([](auto a, auto b) { return maximum(a, b); });
  two([](auto a, auto b) { return minimum(a, b); });
  two([](auto a, auto b) { return pow(a, b); });
  two([](auto a, auto b) { return matmul(a, b); });
  two([](auto a, auto b) { return cat({a, b}, 0); });
  two([](auto a, auto b) { return stack({a, b}); });
  two([](auto a, auto b) { return linear(a, b, {}, Activation::relu); });
  two([](auto a, auto b) { return conv2d(a, b, {}, {}); });
  two([](auto a, auto b) { return conv_transpose2d(a, b, {}); });
  two([](auto a, auto b) { return squared_difference(a, b); });
  two([](auto a, auto b) { return binary_cross_entropy_with_logits(a, b); });
  two([](auto a, auto b) { return gaussian_kl(a, b); });
  two([](auto a, auto b) { return where(Tensor(), a, b); });
  two([](auto a, auto b) { return where(a > 0, a, b); });
  two([](auto a, auto b) { return layer_norm(a, b, b); });
  one([](auto a) { return -a; });
  one([](auto a) { return a[0]; });
  one([](auto a) { return where(a, a, 0); });
  one([](auto a) { return where(a, 1.5, a); });
  one([](auto a) { return exp(a); });
  one([](auto a) { return expm1(a); });
  one([](auto a) { return log(a); });
  one([](auto a) { return log1p(a); });
  one([](auto a) { return sin(a); });
  one([](auto a) { return cos(a); });
  one([](auto a) { return sqrt(a); });
  one([](auto a) { return abs(a); });
  one([](auto a) { return square(a); });
  one([](auto a) { return pow(a, 3); });
  one([](auto a) { return clamp(a, 0, 0.5); });
  one([](auto a) { return relu(a); });
  one([](auto a) { return leaky_relu(a); });
  one([](auto a) { return elu(a); });
  one([](auto a) { return gelu(a); });
  one([](auto a) { return silu(a); });
  one([](auto a) { return sigmoid(a); });
  one([](auto a) { return tanh(a); });
  one([](auto a) { return softplus(a); });
  one([](auto a) { return activate(Activation::gelu, a); });
  one([](auto a) { return softmax(a, -1); });
  one([](auto a) { return log_softmax(a, -1); });
  one([](auto a) { return logsumexp(a, 0); });
  one([](auto a) { return sum(a); });
  one([](auto a) { return sum(a, 0, Keep::yes); });
  one([](auto a) { return sum(a, {0, 1}); });
  one([](auto a) { return mean(a); });
  one([](auto a) { return mean(a, 0); });
  one([](auto a) { return mean(a, {0, 1}, Keep::yes); });
  one([](auto a) { return amax(a, 0); });
  one([](auto a) { return amin(a, 0); });
  one([](auto a) { return top_k(a, 1); });
  one([](auto a) { return reshape(a, {2, -1}); });
  one([](auto a) { return permute(a, {1, 0}); });
  one([](auto a) { return transpose(a); });
  one([](auto a) { return narrow(a, 0, 0, 1); });
  one([](auto a) { return pad(a, 0, 0, 5); });
  one([](auto a) { return broadcast_to(a, {2, 3}); });
  one([](auto a) { return sum_to(a, {3}); });
  one([](auto a) { return split(a, 2)[0]; });
  one([](auto a) { return embedding(std::vector<int>{0}, a); });
  one([](auto a) { return gather(a, 0, std::vector<int>{0}, {1}); });
  one([](auto a) { return avg_pool2d(a, 2); });
  one([](auto a) { return max_pool2d(a, 2); });
  one([](auto a) { return upsample(a, 2); });
  one([](auto a) { return bernoulli_kl(0.5, a); });
}

TEST_CASE("a number beside a tensor is rounded once, and division divides") {
  const Tensor x = of({1, 3, 10});
  check_same(x * 0.1, of({0.1, Scalar(3) * 0.1, Scalar(10) * 0.1}));
  check_same(x / x.size(0), of({Scalar(1) / 3, 1, Scalar(10) / 3}));
  check_same(1 - x, of({0, -2, -9}));
  check_same(30 / x, of({30, 10, 3}));
  check_same((x + Variable(x)).value(), of({2, 6, 20}));
  Tensor y = x;
  y += 1;
  y *= x;
  check_same(y, of({2, 12, 110}));
  check_same(x, of({1, 3, 10}));  // a handle to the old numbers keeps them
}

TEST_CASE("numbers are read and written by index, rows by a bracket") {
  Tensor x({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor shared = x;
  const unsigned before = x.version();
  x.at_({1, 2}) += 10;
  CHECK(x.at({1, 2}) == 16);
  CHECK(shared.at({1, 2}) == 16);
  CHECK(x.version() == before + 1);
  check_same(x[0], of({1, 2, 3}));
  check_same(x[-1], of({4, 5, 16}));
  CHECK(x[1][2].item() == 16);
  const Variable v = Variable::parameter(x);
  backward(sum(square(v[1])));
  check_same(v.grad(), Tensor({2, 3}, {0, 0, 0, 8, 10, 32}));
  CHECK_FAILS(x[2], "[]: index 2 on axis 0 of [2, 3]");
  CHECK_FAILS(x[-3], "[]: index -3 on axis 0 of [2, 3]");
  CHECK_FAILS(Tensor::scalar(1)[0], "[]: [] has no axis");
  CHECK_FAILS(Tensor()[0], "[]: [] is empty");
  CHECK_FAILS(v[2], "narrow: 1 positions from 2 on axis 0 of [2, 3]");
  CHECK_FAILS(x.at_({2, 0}), "at: index 2 on axis 0 of [2, 3]");
}

TEST_CASE("parts of a tensor: split, stack, argmax, several axes, what is left over of a shape") {
  const Tensor x({2, 3}, {1, 5, 2, 7, 0, 7});
  const std::vector<Tensor> parts = split(x, 2, 1);
  REQUIRE(parts.size() == 2);
  check_same(parts[0], Tensor({2, 2}, {1, 5, 7, 0}));
  check_same(parts[1], Tensor({2, 1}, {2, 7}));
  check_same(stack({x[0], x[1]}, 1), Tensor({3, 2}, {1, 7, 5, 0, 2, 7}));
  CHECK(argmax(x, -1) == std::vector<int>{1, 0});
  CHECK(argmax(x, 0) == std::vector<int>{1, 0, 1});
  CHECK(argmax(Tensor({1, 3}, {1, NAN, 5}), -1) == std::vector<int>{1});
  constexpr Scalar denormal = std::numeric_limits<Scalar>::denorm_min();
  CHECK(argmax(Tensor({1, 3}, {denormal, 3 * denormal, 2 * denormal}), -1) == std::vector<int>{1});
  check_same(amin(x, 1), of({1, 0}));
  CHECK(amax(x).item() == 7);
  CHECK(amin(Variable(x)).item() == 0);
  CHECK(sum(x, {0, 1}).item() == 22);
  check_same(mean(x, {1}, Keep::yes), Tensor({2, 1}, {Scalar(8) / 3, Scalar(14) / 3}));
  check_same(reshape(x, {-1, 2}), Tensor({3, 2}, {1, 5, 2, 7, 0, 7}));
  check_same(transpose(x), Tensor({3, 2}, {1, 7, 5, 0, 2, 7}));
  CHECK_FAILS(split(x, 0), "split: into parts of 0, at least 1 is needed");
  CHECK_FAILS(split(x, 1, 2), "split: axis 2 of [2, 3]");
}
