#include <hourglass/autograd/backward.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/jacobian.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include <hourglass/autograd/trace.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

bool equal(const Tensor& a, std::initializer_list<Scalar> b) {
  return a.numel() == static_cast<Index>(b.size()) &&
         std::equal(b.begin(), b.end(), a.data(), [](Scalar p, Scalar q) { return std::abs(p - q) < 1e-12; });
}

}  // namespace

TEST_CASE("gradients are added up in a parameter until zero_grad") {
  const Variable x = Variable::parameter(Tensor({2}, {3, 5}));
  backward(sum(square(x)));
  CHECK(equal(x.grad(), {6, 10}));
  const Tensor kept = x.grad();
  backward(sum(x));
  CHECK(equal(x.grad(), {7, 11}));
  CHECK(equal(kept, {6, 10}));  // what somebody holds is not added to
  x.zero_grad();
  CHECK(x.grad().empty());
  backward(square(x), Tensor({2}, {1, -1}));  // against a cotangent
  CHECK(equal(x.grad(), {6, -10}));
}

TEST_CASE("grad leaves parameters alone, and finds values on the way") {
  const Variable x = Variable::parameter(Tensor({2}, {3, 5})), other = Variable::parameter(Tensor::scalar(1));
  const Variable h = square(x), y = sum(h * h);
  const Variables g = grad(y, std::vector<Variable>{x, h, other}, Graph::keep);
  CHECK(equal(g[0].value(), {4 * 27, 4 * 125}));
  CHECK(equal(g[1].value(), {18, 50}));
  CHECK(equal(g[2].value(), {0}));
  CHECK(x.grad().empty());
  const Variable last = grad(y, x);
  CHECK(equal(last.value(), {108, 500}));  // kept above, freed here
  CHECK_FALSE(last.requires_grad());       // a graph of the gradient only on request
  CHECK_FAILS(grad(y, x), "backward twice");
}

TEST_CASE("derivatives of any order fall out of one flag") {
  const Variable x = Variable::parameter(Tensor::scalar(2));
  Variable y = pow(x, 5);
  for (Scalar expected : {80, 160, 240, 240, 120}) {  // 5x⁴, 20x³, 60x², 120x, 120
    y = grad(y, x, Graph::create);
    CHECK(y.item() == doctest::Approx(expected));
  }
}

TEST_CASE("the Jacobian and the Hessian are those of the closed form") {
  Rng rng(1);
  const Tensor A = rng.normal({3, 2}), v = rng.normal({2});
  const Variable x = Variable::parameter(rng.normal({2}));
  const Variable y = reshape(matmul(Variable(A), reshape(x, {2, 1})), {3});
  const Tensor J = jacobian(y, x);
  CHECK(std::equal(A.data(), A.data() + 6, J.data()));
  // f = Σ x_i⁴ + x_0² x_1: H = [[12 x_0² + 2 x_1, 2 x_0], [2 x_0, 12 x_1²]]
  const auto f = [](const Variable& z) {
    const Variable a = narrow(z, 0, 0, 1), b = narrow(z, 0, 1, 1);
    return sum(pow(z, 4)) + sum(square(a) * b);
  };
  const Scalar p = x.value().at({0}), q = x.value().at({1}), s = v.at({0}), t = v.at({1});
  const Variable slope = sum(grad(f(x), x, Graph::create) * v);
  CHECK(equal(grad(slope, x).value(), {(12 * p * p + 2 * q) * s + 2 * p * t, 2 * p * s + 12 * q * q * t}));
}

TEST_CASE("nothing is recorded without parameters, under NoGrad, or behind detach") {
  const Variable x = Variable::parameter(Tensor({2}, {1, 2}));
  CHECK_FALSE((Variable(Tensor::scalar(1)) + Variable(Tensor::scalar(2))).requires_grad());
  {
    const NoGrad evaluation;
    CHECK_FALSE(square(x).requires_grad());
  }
  CHECK(square(x).requires_grad());
  CHECK_FALSE(square(x).detach().requires_grad());
}

TEST_CASE("a hook receives the gradient as it passes") {
  const Variable x = Variable::parameter(Tensor({2}, {1, 2}));
  const Variable h = square(x);
  std::vector<Scalar> seen;
  h.register_hook([&](const Variable& g) { seen.assign(g.value().data(), g.value().data() + 2); });
  x.register_hook([&](const Variable& g) { seen.push_back(g.value().at({1})); });
  backward(sum(3 * h));
  CHECK(seen == std::vector<Scalar>{3, 3, 12});
}

TEST_CASE("a hook that was removed is called no more, and may remove itself while it runs") {
  const Variable x = Variable::parameter(Tensor({2}, {1, 2}));
  int kept = 0, removed = 0, once = 0;
  x.register_hook([&](const Variable&) { ++kept; });
  Hook hook = x.register_hook([&](const Variable&) { ++removed; }), own;
  own = x.register_hook([&, numbers = std::vector<int>{1, 2, 3}](const Variable&) {
    own.remove();
    once += numbers[2];  // still there
  });
  backward(sum(x));
  hook.remove();
  hook.remove();
  backward(sum(x));
  CHECK(kept == 2);
  CHECK(removed == 1);
  CHECK(once == 3);
  CHECK(equal(x.grad(), {2, 2}));
}

TEST_CASE("a callback that differentiates does not disturb the pass that calls it") {
  const Variable x = Variable::parameter(Tensor({2}, {1, 2}));
  const Variable shared = square(x), other = exp(shared);  // both passes go through `shared`
  const Variable fourth = sum(pow(shared, 2));
  std::vector<Scalar> inner;
  other.register_hook([&](const Variable&) {
    const Variable g = grad(fourth, x, Graph::keep);
    inner.assign(g.value().data(), g.value().data() + 2);
  });
  backward(sum(other * shared));
  REQUIRE(inner.size() == 2);
  CHECK(equal(Tensor({2}, {inner[0], inner[1]}), {4, 32}));  // d x⁴ = 4 x³
  const auto expected = [](Scalar v) { return 2 * v * std::exp(v * v) * (1 + v * v); };
  CHECK(equal(x.grad(), {expected(1), expected(2)}));
}

TEST_CASE("a graph that a callback's pass has freed is an error of the outer pass") {
  const Variable x = Variable::parameter(Tensor({2}, {1, 2}));
  const Variable shared = square(x), other = exp(shared), total = sum(shared);
  other.register_hook([&](const Variable&) { grad(total, x, Graph::free); });
  CHECK_FAILS(backward(sum(other)), "pow: backward twice: the first pass has freed this graph");
  backward(sum(square(x)));  // the parameter itself is as before
  CHECK(equal(x.grad(), {2, 4}));
}

TEST_CASE("backward collects in the parameters that are named, and computes nothing for the others") {
  const Variable p = Variable::parameter(Tensor({2}, {1, 2})), q = Variable::parameter(Tensor({2}, {3, 4}));
  int computed = 0;
  const Variable y = record("mine", q.value(), {q}, Save::nothing, [&](Node&, const Variable& gy) {
    ++computed;
    return Gradients(gy);
  });
  backward(sum(p * p * y), Variables{p});
  CHECK(equal(p.grad(), {6, 16}));
  CHECK(q.grad().empty());
  CHECK(computed == 0);
  backward(sum(p * q), Variables{q, p});  // added to what is there
  CHECK(equal(p.grad(), {9, 20}));
  CHECK(equal(q.grad(), {1, 2}));

  CHECK_FAILS(backward(sum(p), Variables{}), "backward: no parameter given");
  CHECK_FAILS(backward(sum(p), Variables{p, p * 2}), "backward: requested to collect in [2], which is not a parameter");
  CHECK_FAILS(backward(sum(p), Variables{Tensor::zeros({3})}), "requested to collect in [3], which is not a parameter");
  backward(sum(p), Variables{q});  // nothing of it reaches q
  CHECK(equal(q.grad(), {1, 2}));
}

TEST_CASE("a backward function that differentiates itself is right, at any depth") {
  const Variable x = Variable::parameter(Tensor({1}, {3}));
  // y = x², its derivative taken by a pass inside of the pass
  const auto nested_square = [](const Variable& v) {
    return record("nested", square(v).value(), {v}, Save::inputs, [](Node& n, const Variable& gy) {
      const Variable at = Variable::parameter(n.input(0).value());
      const GradMode recording(true);
      const Variable slope = grad(square(at) * at, at, Graph::keep);  // 3 v²
      return n.needs(0) ? gy * Variable(slope.value()) : Variable();
    });
  };
  backward(sum(nested_square(nested_square(x))));
  CHECK(equal(x.grad(), {3 * 81 * 27}));
}

TEST_CASE("a gradient belongs to one variable: writing one never changes another") {
  const auto parameters = [] {
    return std::pair(Variable::parameter(Tensor::zeros({2})), Variable::parameter(Tensor::zeros({2})));
  };
  const auto overwrite = [](const Tensor& t) { Tensor(t).fill_(7); };
  SUBCASE("the seed that the caller holds") {
    const auto [a, b] = parameters();
    Tensor seed = Tensor::full({2}, 1);
    backward(a + b, seed);
    seed.fill_(7);
    CHECK(equal(a.grad(), {1, 1}));
    CHECK(equal(b.grad(), {1, 1}));
  }
  SUBCASE("two parameters' gradients, equal or not, and behind ops that share numbers") {
    const auto [a, b] = parameters();
    backward(sum(reshape(a + b, {2, 1})));
    overwrite(a.grad());
    CHECK(equal(b.grad(), {1, 1}));
    backward(sum(broadcast_to(b, {2})));
    CHECK(equal(b.grad(), {2, 2}));
    CHECK(equal(a.grad(), {7, 7}));
  }
  SUBCASE("the results of grad, a variable listed twice, the cotangent among them") {
    for (const Graph graph : {Graph::keep, Graph::create}) {
      const auto [a, b] = parameters();
      const Variable y = a + b, seed = Tensor::full({2}, 1);
      const Variables g = grad(y, std::array{a, b, a, y}, graph, seed);
      for (std::size_t i = 0; i < 4; ++i) {
        overwrite(g[i].value());
        for (std::size_t j = i + 1; j < 4; ++j) CHECK(equal(g[j].value(), {1, 1}));
      }
      CHECK(equal(seed.value(), {1, 1}));
    }
  }
  SUBCASE("what was put in place by set_grad") {
    const auto pair = parameters();
    Tensor g = Tensor::full({2}, 1);
    pair.first.set_grad(g);
    pair.second.set_grad(g);
    overwrite(pair.first.grad());
    CHECK(equal(pair.second.grad(), {1, 1}));
    CHECK(equal(g, {1, 1}));
    CHECK_FAILS(pair.first.set_grad(Tensor()), "set_grad: the gradient is empty");
  }
  SUBCASE("a gradient inside of a callback") {
    const auto [a, b] = parameters();
    const Variable left = 1 * a, right = 1 * b;
    left.register_hook([&](const Variable& g) { overwrite(g.value()); });
    backward(sum(left + right));
    CHECK(equal(b.grad(), {1, 1}));
  }
  SUBCASE("a gradient that the caller keeps is not added to") {
    const auto [a, b] = parameters();
    backward(sum(a * 1 + b));
    const Tensor kept = a.grad();
    backward(sum(a * 1));
    CHECK(equal(kept, {1, 1}));
    CHECK(equal(a.grad(), {2, 2}));
  }
}

TEST_CASE("an op with nothing to do is an op: recorded, and cut by NoGrad") {
  const Variable x = Variable::parameter(Tensor({1, 2}, {1, 2}));
  Rng rng(1);
  const std::pair<const char*, std::function<Variable()>> idle[] = {
      {"reshape",
       [&] {
         return reshape(x, {1, 2});
       }},
      {"broadcast_to",
       [&] {
         return broadcast_to(x, {1, 2});
       }},
      {"sum_to",
       [&] {
         return sum_to(x, {1, 2});
       }},
      {"permute",
       [&] {
         return permute(x, {0, 1});
       }},
      {"cat", [&] { return cat({x}, 0); }},
      {"narrow", [&] { return narrow(x, 1, 0, 2); }},
      {"pad", [&] { return pad(x, 1, 0, 2); }},
      {"dropout", [&] { return dropout(x, 0, rng); }},
      {"activate", [&] { return activate(Activation::none, x); }},
      {"pow", [&] { return pow(x, 1); }},
      {"affine", [&] { return affine(x, 1); }},
      {"clamp", [&] { return clamp(x, -9, 9); }},
      {"upsample",
       [&] {
         return upsample(reshape(x, {1, 1, 1, 2}), 1);
       }},
      {"avg_pool2d",
       [&] {
         return avg_pool2d(reshape(x, {1, 1, 1, 2}), 1);
       }},
      {"top_k", [&] { return top_k(x, 2); }},
      {"mean", [&] { return mean(x, 0, Keep::yes); }}};
  for (const auto& row : idle) {
    const auto& op = row.second;
    CAPTURE(row.first);
    {
      const NoGrad off;
      CHECK_FALSE(op().requires_grad());
    }
    const Variable y = op();
    CHECK(y.node() != x.node());
    CHECK_FALSE(y.node()->is_parameter());
    x.zero_grad();
    backward(sum(y));
    CHECK(equal(reshape(x.grad(), {2}), {1, 1}));
  }
}

TEST_CASE("misuse is an error, and the library goes on") {
  Tensor value({2}, {1, 2});
  const Variable x = Variable::parameter(value), other = Variable::parameter(Tensor::zeros({2}));
  const Variable y = sum(square(x));
  backward(y);
  CHECK_FAILS(backward(y), "backward twice: the first pass has freed this graph");
  CHECK_FAILS(backward(square(x)), "backward: [2] is not a single number; sum it, or hand in a cotangent");
  CHECK_FAILS(backward(square(x), Tensor::zeros({3})), "the cotangent [3] and the value [2] differ");
  CHECK_FAILS(backward(Variable(Tensor::scalar(1))), "nothing was recorded for this value");
  CHECK_FAILS(backward(Variable()), "the value is empty");
  CHECK_FAILS(grad(sum(x), Variable(value)), "a constant [2] is among the x");
  CHECK_FAILS(grad(sum(x), std::span<const Variable>()), "no x given");
  const Variable stale = sum(square(x)), stale_output = sum(exp(x));
  value.write_()[0] = 7;
  CHECK_FAILS(backward(stale), "pow: input 0 [2] was written after the op had saved it");
  Variable e = exp(x);
  const Variable after = sum(e);
  Tensor(e.value()).write_()[0] = 0;
  CHECK_FAILS(backward(after), "exp: the output [2] was written after the op had saved it");
  CHECK_FAILS(square(x).grad(), "only a parameter collects gradients; this is the result of pow");
  CHECK_FAILS(Variable(value).grad(), "this is a constant");
  CHECK_FAILS(Variable(value).register_hook([](const Variable&) {}), "no gradient flows to a constant");
  CHECK_FAILS(x.set_grad(Tensor::zeros({3})), "set_grad: [3] for [2]");
  CHECK_FAILS(Variable::parameter(Tensor()), "parameter: the tensor is empty");
  const auto wrong = [&](auto rule) { return record("mine", x.value(), {x}, Save::nothing, rule); };
  CHECK_FAILS(backward(sum(wrong([](Node&, const Variable&) { return Variable(Tensor::zeros({3})); }))),
              "mine: its backward function returned a gradient [3] for input 0, which is [2]");
  CHECK_FAILS(backward(sum(wrong([](Node&, const Variable& g) {
                return Gradients{g, g};
              }))),
              "mine: its backward function returned 2 gradients for 1 inputs");
  CHECK_FAILS(backward(sum(wrong([](Node& n, const Variable&) { return n.input(0); }))),
              "its backward function reads input 0, which was not saved");
  CHECK_FAILS(backward(sum(wrong([](Node& n, const Variable&) { return n.output(); }))),
              "its backward function reads the output, which was not saved");
  other.zero_grad();
  backward(sum(3 * other));
  CHECK(equal(other.grad(), {3, 3}));
}

TEST_CASE("a chain of a million ops runs backward and is freed") {
  const Variable x = Variable::parameter(Tensor::scalar(0));
  Variable y = x;
  for (int i = 0; i < 1'000'000; ++i) y = y + 1;
  CHECK(y.item() == 1e6);
  backward(y);
  CHECK(x.grad().item() == 1);
  y = x;
  for (int i = 0; i < 1'000'000; ++i) y = y + 1;
  y = Variable();  // freed without a pass
}

TEST_CASE("the trace lists the ops of a step, and the drawing shows its graph") {
  const Variable W = Variable::parameter(Tensor({2, 2}, {1, 2, 3, 4}));
  const Names names{{"layer.weight", W}};
  Trace trace({.names = names});
  const Variable y = sum(relu(matmul(Variable(Tensor({1, 2}, {1, -1})), W)));
  const std::string drawn = draw(y, names);
  backward(y);
  CHECK(trace.text() ==
        "forward   matmul               [1, 2] [2, 2] -> [1, 2]  |y| 2.82843\n"
        "forward   relu                 [1, 2] -> [1, 2]  |y| 0\n"
        "forward   sum                  [1, 2] -> []  |y| 0\n"
        "backward  sum                  |gradients| 1.41421\n"
        "backward  relu                 |gradients| 0\n"
        "backward  matmul               |gradients| - 0\n");
  CHECK(drawn.find("label=\"layer.weight\\n[2, 2]\"") != std::string::npos);
  CHECK(drawn.find("label=\"matmul\\n[1, 2]\"") != std::string::npos);
  CHECK(drawn.find(" -> n") != std::string::npos);
  CHECK(drawn.starts_with("digraph {\n  rankdir=BT\n"));
  CHECK(drawn.ends_with("}\n"));
}

TEST_CASE("the first NaN or infinity is stopped where it is made") {
  const Variable W = Variable::parameter(Tensor({2}, {0, 1}));
  Trace watch({.stop_at_nan = true, .names = {{"encoder.0.weight", W}}});
  CHECK_FAILS(log(2 * W), "log: returned -inf at position 0 of [2], in encoder.0");
  const Variable y = sum(sqrt(W));  // its value is right, its gradient at 0 is not
  CHECK_FAILS(backward(y), "div in the backward function of sqrt: returned inf at position 0 of [2], in encoder.0");
}
