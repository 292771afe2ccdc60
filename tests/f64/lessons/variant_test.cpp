#include "lessons/what_stops_the_copy/spiral.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/check.h"

using namespace hourglass;

// With linear layers r is affine: J = W₄ W₃ W₂ W₁, and the mean of the penalty is σ² ‖J‖².
TEST_CASE("what stops the copy: the mean of the contractive penalty is σ² times the squared norm of the Jacobian") {
  Rng rng(1);
  Variant model({.stop = Stop::contractive, .sizes = {5, 4, 3}, .hidden = Activation::none, .output = Activation::none},
                rng);
  Variable J = model.parameters()[0].variable;
  for (const std::size_t weight : {2u, 4u, 6u}) J = matmul(model.parameters()[weight].variable, J);
  const double expected = 0.25 * 0.25 * sum(square(J)).item();
  const double found = model.loss(rng.normal({40000, 5}), rng).penalty.item();
  CHECK(found == doctest::Approx(expected).epsilon(0.02));
}

TEST_CASE("what stops the copy: without noise, noise and contraction change nothing") {
  for (const Stop stop : {Stop::denoising, Stop::contractive, Stop::variational}) {
    Rng rng(1);
    Variant model({.stop = stop, .sizes = {5, 4, 3}, .sigma = 0}, rng);
    const Tensor x = rng.uniform({7, 5});
    if (stop == Stop::variational) {  // the code is random still, but the KL term weighs nothing
      const Loss loss = model.loss(x, rng);
      CHECK(loss.value.item() == loss.reconstruction.item());
    } else {
      CHECK(model.loss(x, rng).value.item() == nn::squared_error(model.reconstruct(x), x).value.item());
    }
  }
}

TEST_CASE("what stops the copy: a sparse code has so many active units, a discrete one so many values") {
  OnTheSpiral sparse(Stop::sparse, 1);
  OnTheSpiral discrete(Stop::quantized, 1);
  const Tensor x = spiral(500, sparse.rng);
  const Tensor h = sparse.variant.encode(x).value();
  for (Index i = 0; i < 500; ++i) {
    const Scalar* row = h.data() + i * h.size(1);
    CHECK(std::count_if(row, row + h.size(1), [](Scalar unit) { return unit != 0; }) <= 1);
  }
  std::set<Scalar> values;
  const Tensor r = discrete.variant.reconstruct(x);
  for (Index i = 0; i < 500; ++i) values.insert(r.data()[2 * i]);
  CHECK(values.size() <= 32);
}

TEST_CASE("what stops the copy: points lie on the spiral") {
  Rng rng(1);
  const Tensor x = spiral(100, rng);
  for (Index i = 0; i < 100; ++i) {
    const double t = std::hypot(x.data()[2 * i], x.data()[2 * i + 1]);
    CHECK(t >= 0.15);
    CHECK(t <= 1);
    CHECK(x.data()[2 * i] == doctest::Approx(t * std::cos(3 * std::numbers::pi * t)));
  }
}
