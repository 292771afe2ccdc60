#include <hourglass/autograd/backward.h>

#include <cmath>
#include <string>

#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

namespace {

Variable number(Number value) { return Variable::parameter(Tensor::scalar(value)); }

// y = x, an op whose backward function writes its name and the gradient that arrives to `log`.
Variable logged(const char* name, const Variable& x, std::string& log) {
  return record(name, x.value(), {x}, Save::nothing, [name, &log](Node&, const Variable& gy) {
    log += text(name, " ", static_cast<double>(gy.item()), ", ");
    return Gradients(1 * gy);
  });
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

}  // namespace

TEST_CASE("the gradient of a chain is the product of its derivatives") {
  const Variable x = number(3), h = 2 * x, y = h * h;
  expect_close("dy/dx of y = (2 x)² at x = 3", grad(y, x, Graph::keep).item(), 24);
  expect_close("dy/dh, on the way", grad(y, h, Graph::keep).item(), 12);
  expect_close("dy/dy", grad(y, y, Graph::keep).item(), 1);
  expect_close("dy/dx for the cotangent 10", grad(y, x, Graph::keep, Variable(Tensor::scalar(10))).item(), 240);
  expect_close("with respect to what y does not depend on", grad(y, number(1), Graph::keep).item(), 0);
  const Variable c = Tensor::scalar(5), z = c / (c - x);  // 5 / (5 - x), with constants on the left
  expect_close("dz/dx of z = 5 / (5 - x) at x = 3", grad(z, x).item(), 1.25);
}

TEST_CASE("backward adds the gradient to that of each parameter") {
  const Variable x = number(3), w = number(2);
  backward(x * x * w);
  expect_close("the gradient of x² w with respect to x = 3, w = 2", x.grad(), Tensor::scalar(12));
  expect_close("with respect to w", w.grad(), Tensor::scalar(9));
  const Tensor kept = x.grad();
  backward(x * x * w);
  expect_close("after the same pass once more", x.grad(), Tensor::scalar(24));
  expect_close("a copy of the first that somebody keeps", kept, Tensor::scalar(12));
  backward(x * x * w);
  expect_close("after a third pass", x.grad(), Tensor::scalar(36));
}

TEST_CASE("a value that is used several times receives the sum of the gradients") {
  const Variable x = number(3), h = x * x;
  expect_close("dy/dx of y = x + x + x", grad(x + x + x, x).item(), 3);
  expect_close("dy/dh of y = h e^h + h, h = x²", grad(h * exp(h) + h, h, Graph::keep).item(), 10 * std::exp(9.0) + 1);
  expect_close("dy/dx of the same", grad(h * exp(h) + h, x).item(), 6 * (10 * std::exp(9.0) + 1));
}

TEST_CASE("a backward function runs once, when the gradient of its output is complete") {
  std::string log;
  const Variable x = number(1), a = logged("a", x, log), b = logged("b", a, log), c = logged("c", b, log);
  backward(2 * a + 3 * b + 5 * c);  // da = 2 + 3 + 5
  expect(log == "c 5, b 8, a 10, ",
         "in y = 2 a + 3 b + 5 c, b = a, c = b, the passes of c, b and a see 5, 8 and 10; found: " + log);
  Variable y = x;
  for (int i = 0; i < 40; ++i) y = y + y;
  x.zero_grad();
  backward(y);
  expect_close("dy/dx of 40 doublings, with 2^40 paths from y to x", x.grad().item(), std::pow(2.0, 40));
}

TEST_CASE("only what leads to a wanted variable is computed") {
  std::string log;
  const Variable p = number(2), q = number(3), a = logged("a", p, log), b = logged("b", q, log);
  backward(a * b, Variables{p});
  expect_close("the gradient of p in a(p) b(q)", p.grad(), Tensor::scalar(3));
  expect(q.grad().empty(), "q, which was not named, collects nothing");
  expect(log == "a 3, ", "the backward function of a alone runs; found: " + log);
  log.clear();
  const Variable d = logged("d", p, log), h = d * d, y = h * logged("c", h, log);
  expect_close("dy/dh of y = h c(h), h = 4", grad(y, h).item(), 8);
  expect(log == "c 4, ", "what stands before h is not visited; found: " + log);
}

TEST_CASE("where a backward function returns nothing, nothing is passed on") {
  std::string log;
  const Variable x = number(3), a = logged("a", x, log);
  const Variable y = record("mine", a.value(), {a, x}, Save::nothing, [](Node&, const Variable& gy) {
    return Gradients{Variable(), 7 * gy};  // 0 for a
  });
  backward(y);
  expect_close("the gradient that arrives at x", x.grad(), Tensor::scalar(7));
  expect(log.empty(), "the backward function of a, whose gradient is 0, does not run; found: " + log);
  const Variable constant = Tensor::scalar(1);
  const Variable z = record("mine", x.value(), {constant, x}, Save::nothing, [](Node&, const Variable& gy) {
    return Gradients{gy, 2 * gy};  // one for the constant, too, though it needs none
  });
  expect_close("beside a constant whose gradient is returned, too", grad(z, x).item(), 2);
  const Variable wrong = record("mine", x.value(), {x}, Save::nothing,
                                [](Node&, const Variable&) { return Gradients(Variable(Tensor::zeros({3}))); });
  expect(fails([&] { backward(wrong); }), "a gradient of shape [3] for an input of shape [] is an error");
}

TEST_CASE("a gradient is never added into numbers that another one holds") {
  const Variable a = number(2), b = number(3), y = a + b;
  backward(y + a);
  expect_close("dz/da of z = y + a, y = a + b", a.grad(), Tensor::scalar(2));
  expect_close("dz/db", b.grad(), Tensor::scalar(1));
  a.zero_grad();
  const Tensor seed = Tensor::scalar(1);
  backward(a + 0 * b, seed);
  backward(a + 0 * b, seed);
  expect_close("the gradient of a after two passes from one cotangent", a.grad(), Tensor::scalar(2));
  expect_close("the cotangent, which belongs to the caller", seed, Tensor::scalar(1));
}

TEST_CASE("with Graph::create the gradient can be differentiated, sums included") {
  const Variable x = number(3);
  const Variable h = x * x, slope = grad(h * h + x, x, Graph::create);  // 4 x³ + 1
  expect_close("dy/dx of y = x⁴ + x at x = 3", slope.item(), 109);
  expect(slope.requires_grad(), "the gradient is recorded");
  if (!slope.requires_grad()) return;
  const Variable curvature = grad(slope, x, Graph::create);
  expect_close("d²y/dx² = 12 x²", curvature.item(), 108);
  if (curvature.requires_grad()) expect_close("d³y/dx³ = 24 x", grad(curvature, x).item(), 72);
}
