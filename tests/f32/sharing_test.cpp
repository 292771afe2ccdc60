// What several threads may share (docs/engine.md, "Threads"). Under ThreadSanitizer these tests find the races.
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/convolutional.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/sgd.h>
#include <hourglass/tensor/parallel.h>
#include "tests/check.h"

using namespace hourglass;

namespace {

/// Calls of `encode` that all threads make together: 40,000, or HOURGLASS_CALLS.
long calls() {
  const char* const wanted = std::getenv("HOURGLASS_CALLS");
  return wanted ? std::atol(wanted) : 40000;
}

/// work(0) … work(count - 1), each on a thread of its own.
void at_once(int count, const std::function<void(int)>& work) {
  std::vector<std::thread> all;
  for (int i = 0; i < count; ++i) all.emplace_back(work, i);
  for (std::thread& thread : all) thread.join();
}

bool same(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && std::equal(a.data(), a.data() + a.numel(), b.data());
}

bool same(const nn::Parameters& a, const nn::Parameters& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& p, const auto& q) { return same(p.variable.value(), q.variable.value()); });
}

nn::Parameters train_undercomplete() {
  Rng rng(3);
  models::Undercomplete model({.input = 196, .hidden = 100, .code = 8}, rng);
  nn::Adam adam(model.parameters());
  for (int step = 0; step < 60; ++step) {
    adam.zero_grad();
    backward(model.loss(rng.uniform({64, 196})).value);
    adam.step();
  }
  return model.parameters();
}

nn::Parameters train_variational() {
  Rng rng(4);
  models::Variational model({.input = 196, .hidden = {100}, .code = 8}, rng);
  nn::SGD sgd(model.parameters(), {.learning_rate = Scalar(1e-4), .momentum = Scalar(0.9)});
  for (int step = 0; step < 60; ++step) {
    sgd.zero_grad();
    backward(model.loss(rng.uniform({64, 196}), rng).value);
    sgd.step();
  }
  return model.parameters();
}

}  // namespace

TEST_CASE("four threads encode with one model") {
  const int threads_before = threads();
  for (const int count : {1, 4}) {
    set_threads(count);
    Rng rng(1);
    models::Undercomplete model({.input = 8, .hidden = 6, .code = 3}, rng);
    const Tensor x = rng.uniform({4, 8});
    const Tensor expected = model.encode(x).value();
    std::vector<long> wrong(4);
    at_once(4, [&](int thread) {
      const NoGrad evaluation;
      for (long i = 0; i < calls() / 8; ++i) wrong[std::size_t(thread)] += !same(model.encode(x).value(), expected);
    });
    CHECK(wrong == std::vector<long>(4));
  }
  set_threads(threads_before);
}

TEST_CASE("four threads record and differentiate graphs of their own on one model") {
  Rng rng(1);
  models::Convolutional model({}, rng);
  models::Variational other({.input = 8, .hidden = {6}, .code = 3}, rng);
  const Tensor x = rng.uniform({2, 784}), y = rng.uniform({4, 8});
  const auto gradients = [&] {
    std::vector<Tensor> all;
    std::vector<Variable> parameters;
    for (const nn::Parameter& p : model.parameters())
      if (p.variable.requires_grad()) parameters.push_back(p.variable);
    for (const Variable& g : grad(model.loss(x).value, parameters, Graph::keep)) all.push_back(g.value());
    const Variable input = Variable::parameter(y);
    const Variable slope = grad(sum(other.encode(input)), input, Graph::create);
    all.push_back(grad(sum(square(slope)), other.parameters()[0].variable, Graph::keep).value());
    return all;
  };
  const std::vector<Tensor> expected = gradients();
  std::vector<int> wrong(4);
  at_once(4, [&](int thread) {
    for (int i = 0; i < 20; ++i) {
      const std::vector<Tensor> found = gradients();
      for (std::size_t k = 0; k < found.size(); ++k) wrong[std::size_t(thread)] += !same(found[k], expected[k]);
    }
  });
  CHECK(wrong == std::vector<int>(4));
}

TEST_CASE("two trainings at once in one process give the bits of each alone") {
  const int threads_before = threads();
  for (const int count : {1, 2, 4}) {
    set_threads(count);
    const nn::Parameters first = train_undercomplete(), second = train_variational();
    nn::Parameters left, right;
    at_once(2, [&](int which) { (which ? right : left) = which ? train_variational() : train_undercomplete(); });
    CHECK(same(left, first));
    CHECK(same(right, second));
  }
  set_threads(threads_before);
}

TEST_CASE("handles to one buffer are copied and dropped by many threads") {
  const Tensor x = Tensor::full({100}, 2);
  const Variable p = Variable::parameter(x), y = square(p);
  std::vector<double> sums(4);
  at_once(4, [&](int thread) {
    for (int i = 0; i < 2000; ++i) {
      const Tensor mine = x;
      const Variable copy = y, detached = copy.detach();
      sums[std::size_t(thread)] += double(mine.at({i % 100})) + double(detached.value().at({0}));
    }
  });
  for (const double s : sums) CHECK(s == 2000 * 6.0);
}
