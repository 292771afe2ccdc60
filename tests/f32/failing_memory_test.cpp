// Every request for memory of a training step, an encoding and a metric fails in turn: an error each time, and the same
// work done again gives the bits of a process that nothing has disturbed.
#include <functional>
#include <string>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/metrics/frechet.h>
#include <hourglass/metrics/neighbors.h>
#include <hourglass/metrics/pca.h>
#include <hourglass/models/convolutional.h>
#include <hourglass/models/undercomplete.h>
#include <hourglass/models/variational.h>
#include <hourglass/nn/adam.h>
#include <hourglass/tensor/memory.h>
#include <hourglass/tensor/parallel.h>
#include "tests/check.h"
#include "tests/f32/faults.h"

using namespace hourglass;

namespace {

using Numbers = std::vector<double>;

Numbers numbers(const Tensor& t) { return {t.values().begin(), t.values().end()}; }

/// Whether `work` fails when its n-th request for memory does. The pool is emptied first, so that every block that work
/// needs is requested from the system.
bool fails_at(long n, const std::function<void()>& work) {
  memory::trim();
  faults::arm(faults::Call::memory, n);
  bool failed = false;
  try {
    work();
  } catch (const std::exception&) {
    failed = true;
  }
  CHECK(faults::disarm() == failed);  // a refusal is never swallowed
  return failed;
}

/// `work` returns what it has computed. At 1, 2 and 4 threads: each of its requests fails once, and after each failure
/// the same work gives the same numbers as ever.
void survives(const std::string& name, const std::function<Numbers()>& work) {
  CAPTURE(name);
  const int threads_before = threads();
  const Numbers expected = work();
  for (const int count : {1, 2, 4}) {
    set_threads(count);
    CHECK(work() == expected);
    long n = 1;
    while (fails_at(n, work)) {
      CHECK(work() == expected);
      ++n;
    }
    CHECK_MESSAGE(n > 5, name << ": " << n - 1 << " requests failed with " << count << " threads");
    CHECK(threads() == count);
  }
  set_threads(threads_before);
}

/// One step of training from the same start: what the parameters are after it.
template <class Model>
std::function<Numbers()> step_of(Model& model, const std::function<Loss(Rng&)>& loss) {
  auto optimizer = std::make_shared<nn::Adam>(model.parameters());
  std::vector<Tensor> start;
  nn::Parameters all = model.parameters();
  for (const nn::Parameter& p : optimizer->state()) all.push_back(p);
  for (const nn::Parameter& p : all) start.push_back(p.variable.value().clone());
  return [=] {
    for (std::size_t i = 0; i < all.size(); ++i) Tensor(all[i].variable.value()).copy_(start[i]);
    Rng rng(5);
    optimizer->zero_grad();
    backward(loss(rng).value);
    optimizer->step();
    Numbers after;
    for (const nn::Parameter& p : all)
      for (const Scalar v : p.variable.value().values()) after.push_back(double(v));
    return after;
  };
}

}  // namespace

TEST_CASE("every request for memory of a training step may fail") {
  Rng rng(1);
  models::Undercomplete plain({.input = 784, .hidden = 48, .code = 8}, rng);  // large enough that work is split
  const Tensor x = rng.uniform({64, 784});
  survives("undercomplete", step_of(plain, [&](Rng&) { return plain.loss(x); }));
  models::Variational variational({.input = 784, .hidden = {48}, .code = 8}, rng);
  survives("variational", step_of(variational, [&](Rng& r) { return variational.loss(x, r); }));
  models::Convolutional convolutional({.side = 28, .channels = {4, 4}, .code = 8}, rng);
  const Tensor few = rng.uniform({20, 784});
  survives("convolutional", step_of(convolutional, [&](Rng&) { return convolutional.loss(few); }));
}

TEST_CASE("every request for memory of an encoding or a metric may fail") {
  Rng rng(2);
  models::Convolutional model({.side = 28, .channels = {4, 4}, .code = 8}, rng);
  const Tensor x = rng.uniform({40, 784}), a = rng.normal({40, 6}), b = rng.normal({50, 6});
  survives("encoding", [&] {
    const NoGrad evaluation;
    return numbers(model.encode(x).value());
  });
  survives("nearest", [&] {
    const metrics::Neighbors found = metrics::nearest(a, b, 3);
    return Numbers(found.distances.begin(), found.distances.end());
  });
  survives("frechet_distance", [&] { return Numbers{metrics::frechet_distance(a, b)}; });
  survives("pca", [&] {
    metrics::PcaFit fit;
    fit.add(a);
    return numbers(fit.finish().components);
  });
}
