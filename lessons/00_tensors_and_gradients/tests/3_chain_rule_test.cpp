#include <cmath>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

struct Slopes {
  double loss, dw, db;
};
Slopes unit(double w, double b, double x, double t);  // the student's function

TEST_CASE("at z = 0 the output is y = 1/2, and everything can be computed by hand") {
  const Slopes got = unit(0, 0, 3, 1);
  expect_close("L for w = 0, b = 0, x = 3, t = 1", got.loss, 0.25);
  expect_close("dL/db there", got.db, -0.25);
  expect_close("dL/dw there", got.dw, -0.75);
}

TEST_CASE("the gradient is zero where the output equals the target") {
  const double y = 1 / (1 + std::exp(-0.7));
  const Slopes got = unit(0.5, 0.2, 1, y);
  expect_close("L for t = y", got.loss, 0);
  expect_close("dL/dw for t = y", got.dw, 0);
  expect_close("dL/db for t = y", got.db, 0);
}

TEST_CASE("the library's backward computes the same gradient") {
  for (const double w : {-2.0, 0.3, 1.5}) {
    const Variable W = Variable::parameter(Tensor::scalar(w)), b = Variable::parameter(Tensor::scalar(0.4));
    const double x = 0.8, t = 0.1;
    const Variable L = square(sigmoid(W * x + b) - t);
    backward(L);
    const Slopes got = unit(w, 0.4, x, t);
    const std::string where = " for w = " + std::to_string(w) + ", b = 0.4, x = 0.8, t = 0.1";
    expect_close("L" + where, got.loss, L.item());
    expect_close("dL/dw" + where, got.dw, W.grad().item());
    expect_close("dL/db" + where, got.db, b.grad().item());
  }
}
