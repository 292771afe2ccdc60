#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/judge.h"

using namespace hourglass;

using Softmax = std::function<Tensor(const Tensor&)>;
bool softmax_is_right(const Softmax& softmax);  // the student's function

namespace {

struct Version {
  std::string what;
  Softmax f;
};

std::vector<Tested> tested(const std::vector<Version>& versions) {
  std::vector<Tested> verdicts;
  for (const Version& one : versions) verdicts.push_back({one.what, softmax_is_right(one.f)});
  return verdicts;
}

Tensor largest(const Tensor& x) { return amax(x, 1, Keep::yes); }
Tensor powers(const Tensor& x) { return exp(x - largest(x)); }
Tensor normalised(const Tensor& e) { return e / sum(e, 1, Keep::yes); }

// In loops, with a sum from right to left.
Tensor in_loops(const Tensor& x) {
  Tensor y(x.shape());
  const Index k = x.size(1);
  for (Index i = 0; i < x.size(0); ++i) {
    double top = x.at({i, 0}), total = 0;
    for (Index j = 1; j < k; ++j) top = std::max(top, x.at({i, j}));
    for (Index j = k; j-- > 0;) total += std::exp(x.at({i, j}) - top);
    for (Index j = 0; j < k; ++j) y.at_({i, j}) = std::exp(x.at({i, j}) - top) / total;
  }
  return y;
}

// 1 / Σ_l e^(x_l - x_j): no maximum is needed, since an infinite sum gives 0.
Tensor by_differences(const Tensor& x) {
  Tensor y(x.shape());
  for (Index i = 0; i < x.size(0); ++i)
    for (Index j = 0; j < x.size(1); ++j) {
      double total = 0;
      for (Index l = 0; l < x.size(1); ++l) total += std::exp(x.at({i, l}) - x.at({i, j}));
      y.at_({i, j}) = 1 / total;
    }
  return y;
}

Tensor in_float(const Tensor& x) {
  Tensor y = normalised(powers(x));
  for (Index i = 0; i < y.numel(); ++i) y.write_()[i] = static_cast<float>(y.data()[i]);
  return y;
}

Tensor in_place(const Tensor& x) {
  Tensor y = x;  // the same numbers
  const Tensor result = normalised(powers(x));
  for (Index i = 0; i < y.numel(); ++i) y.write_()[i] = result.data()[i];
  return y;
}

std::vector<Version> right_versions() {
  return {
      {"the library's softmax", [](const Tensor& x) { return softmax(Variable(x), 1).value(); }},
      {"e to the library's log_softmax", [](const Tensor& x) { return exp(log_softmax(Variable(x), 1).value()); }},
      {"one that subtracts the maximum of the row plus 1",
       [](const Tensor& x) { return normalised(exp(x - (largest(x) + 1))); }},
      {"one in loops, with sums from right to left", in_loops},
      {"one that computes 1 / Σ_l e^(x_il - x_ij)", by_differences},
  };
}

std::vector<Version> wrong_versions() {
  return {
      {"one that does not normalise", powers},
      {"one that normalises each column",
       [](const Tensor& x) {
         const Tensor e = exp(x - amax(x, 0, Keep::yes));
         return e / sum(e, 0, Keep::yes);
       }},
      {"one that divides by the sum over the whole matrix",
       [](const Tensor& x) {
         const Tensor e = exp(x - amax(x));
         return e / sum(e);
       }},
      {"one that divides each row by the sum of the first row",
       [](const Tensor& x) { return powers(x) / sum(powers(x)[0]); }},
      {"one that overflows for entries near 1000", [](const Tensor& x) { return normalised(exp(x)); }},
      {"one that subtracts the maximum of the whole matrix: a row of far smaller entries gives 0 / 0",
       [](const Tensor& x) { return normalised(exp(x - amax(x))); }},
      {"one with powers of 2 instead of e", [](const Tensor& x) { return normalised(powers(x * std::log(2.0))); }},
      {"one with e^-x instead of e^x", [](const Tensor& x) { return normalised(powers(-x)); }},
      {"one that replaces negative entries by 0", [](const Tensor& x) { return normalised(powers(relu(x))); }},
      {"one that rounds its result to 32 bits", in_float},
      {"one that adds 10^-8 to the sum, against a division by 0",
       [](const Tensor& x) { return powers(x) / (sum(powers(x), 1, Keep::yes) + 1e-8); }},
      {"one that returns 1/k for every entry", [](const Tensor& x) { return normalised(Tensor::ones(x.shape())); }},
      {"one that returns 1 for the largest entry of a row and 0 for the others",
       [](const Tensor& x) { return normalised(x >= largest(x)); }},
      {"one that writes its result into its argument", in_place},
  };
}

}  // namespace

TEST_CASE("it accepts the library's softmax, and rejects exponentials that are not normalised") {
  expect(softmax_is_right(right_versions()[0].f), "true for the library's softmax");
  expect(!softmax_is_right(wrong_versions()[0].f), "false for exponentials that are not normalised");
}

TEST_CASE("it accepts each right version") { expect_accepted(tested(right_versions())); }

TEST_CASE("it rejects each wrong version") { expect_rejected(tested(wrong_versions())); }
