#include <fstream>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/parallel.h>
#include "tests/check.h"
#include "tests/f32/faults.h"

using namespace hourglass;

namespace {

// Heap allocations of 1,000 steps after 10, those that the pool makes included; not counted under a sanitizer.
template <class Step>
long allocations_of(const Step& step) {
  for (int i = 0; i < 10; ++i) step();
  const long before = faults::allocations();
  for (int i = 0; i < 1000; ++i) step();
  return faults::allocations() - before;
}

// The pages of this process that are in memory.
long resident() {
  long total = 0, here = 0;
  std::ifstream("/proc/self/statm") >> total >> here;
  return here;
}

}  // namespace

TEST_CASE("after a few steps, training touches the heap no more") {
  const int threads_before = threads();
  set_threads(2);
  Rng rng(1);
  models::Undercomplete model({.input = 50, .hidden = 30, .code = 5}, rng);
  nn::Adam adam(model.parameters());
  CHECK(allocations_of([&] {
          const Loss loss = model.loss(rng.uniform({64, 50}));
          adam.zero_grad();
          backward(loss.value);
          adam.step();
        }) == 0);
  set_threads(threads_before);
}

TEST_CASE("a second derivative touches the heap no more either") {
  Rng rng(1);
  const Variable W = Variable::parameter(rng.normal({20, 10})), b = Variable::parameter(rng.normal({20}));
  CHECK(allocations_of([&] {
          const Variable x = Variable::parameter(rng.normal({32, 10}));
          const Variable h = linear(x, W, b, Activation::sigmoid);
          const Variable slope = grad(sum(h), x, Graph::create);  // a contractive penalty: ‖Σ ∂h/∂x‖²
          W.zero_grad();
          b.zero_grad();
          backward(sum(square(slope)));
        }) == 0);
}

TEST_CASE("a step takes no more memory after 10,000 steps than at the start") {
  Rng rng(1);
  models::Undercomplete model({.input = 50, .hidden = 30, .code = 5}, rng);
  nn::Adam adam(model.parameters());
  const auto steps = [&](int count) {
    for (int i = 0; i < count; ++i) {
      const Loss loss = model.loss(rng.uniform({64, 50}));
      adam.zero_grad();
      backward(loss.value);
      adam.step();
    }
  };
  steps(100);
  const std::size_t reserved = memory::usage().reserved;
  const long pages = resident();
  steps(10000);
  CHECK(memory::usage().reserved == reserved);
  CHECK(resident() - pages < 256);  // 1 MB: what other tests' threads may touch meanwhile
}
