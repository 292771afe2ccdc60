#include <hourglass/autograd/backward.h>
#include "tests/check.h"
#include "tests/f64/oracles/program.h"

using namespace hourglass;

namespace {

constexpr double tolerance = 1e-9;

std::vector<Variable> inputs_of(const Oracle& oracle, std::size_t n) {
  const auto& entry = oracle.index[n];
  const auto wrt = entry.at("wrt").get<std::vector<int>>();
  std::vector<Variable> values;
  for (int i = 0; i < entry.at("inputs").get<int>(); ++i) {
    const Tensor value = oracle.at(n, "in" + std::to_string(i));
    values.push_back(std::find(wrt.begin(), wrt.end(), i) == wrt.end() ? Variable(value) : Variable::parameter(value));
  }
  return values;
}

void compare(const Oracle& oracle, std::size_t n, const std::string& what, const Tensor& found) {
  const double d = distance(found, oracle.at(n, what));
  CHECK_MESSAGE(d <= tolerance, oracle.index[n].at("label").get<std::string>()
                                    << " " << what << " is off by " << d << " of its largest entry");
}

// Value, gradient and gradient of the gradient of one case against torch's.
void check_case(const Oracle& oracle, std::size_t n) {
  const auto& entry = oracle.index[n];
  const std::vector<Variable> values = inputs_of(oracle, n);
  const auto wrt = entry.at("wrt").get<std::vector<int>>(), second = entry.at("second").get<std::vector<int>>();
  const Variable y = run_program(entry.at("program"), values);
  compare(oracle, n, "out", y.value());
  if (wrt.empty()) return;
  std::vector<Variable> x;
  for (int i : wrt) x.push_back(values[static_cast<std::size_t>(i)]);
  const Variables g = grad(y, x, Graph::create, Variable(cotangent(y.shape(), 0)));
  Variable total = Tensor::scalar(0);
  for (std::size_t k = 0; k < x.size(); ++k) {
    compare(oracle, n, "grad" + std::to_string(wrt[k]), g[k].value());
    total = total + sum(g[k] * Variable(cotangent(g[k].shape(), 1 + static_cast<int>(k))));
  }
  if (second.empty()) return;
  Variables h;
  if (total.requires_grad()) {
    h = grad(total, x);
  } else {
    for (const Variable& each : x) h.emplace_back(Tensor::zeros(each.shape()));
  }
  for (std::size_t k = 0; k < x.size(); ++k) compare(oracle, n, "second" + std::to_string(wrt[k]), h[k].value());
}

void check_all(const Oracle& oracle) {
  for (std::size_t n = 0; n < oracle.index.size(); ++n) {
    try {
      check_case(oracle, n);
    } catch (const Error& error) {
      FAIL_CHECK(oracle.index[n].at("label").get<std::string>() << ": " << std::string(error.what()));
    }
  }
}

}  // namespace

TEST_CASE("every sample of torch's operator database, to second order") {
  const Oracle oracle("ops");
  CHECK(oracle.index.size() > 400);
  check_all(oracle);
  for (const auto& sample : oracle.unsupported) CHECK(!sample.at("reason").get<std::string>().empty());
}

TEST_CASE("200 random graphs of 10 to 60 ops, to second order") {
  const Oracle oracle("graphs");
  CHECK(oracle.index.size() == 200);
  check_all(oracle);
}
