#pragma once
#include <numbers>

#include <hourglass/nn/adam.h>
#include "lessons/what_stops_the_copy/variant.h"

// The plane: points on a spiral, and the variants with sizes for it. Also what the playground trains.
namespace hourglass::HOURGLASS_BUILD {

/// n points (t cos 3πt, t sin 3πt), with t from 0.15 to 1, about evenly along the curve: [n, 2].
inline Tensor spiral(Index n, Rng& rng) {
  const Variable t = sqrt(rng.uniform({n, 1}, 0.0225, 1));
  const Variable angle = 3 * std::numbers::pi * t;
  return cat({t * cos(angle), t * sin(angle)}, 1).value();
}

/// Networks 2-64-64-k-64-64-2 with a linear output. The code is larger than the input except in two variants.
inline Variant::Options in_the_plane(Stop stop) {
  const Index code = stop == Stop::bottleneck ? 1 : stop == Stop::quantized ? 2 : stop == Stop::sparse ? 32 : 16;
  Variant::Options o{.stop = stop, .sizes = {2, 64, 64, code}, .hidden = Activation::silu, .output = Activation::none};
  o.active = 1;
  o.entries = 32;
  o.width = 2;
  o.sigma = 0.15;
  return o;
}

/// A training on the spiral.
struct OnTheSpiral {
  OnTheSpiral(Stop stop, std::uint64_t seed)
      : rng(seed), variant(in_the_plane(stop), rng), adam(variant.parameters(), {.learning_rate = 3e-3}) {}
  /// One step on 128 new points; its loss.
  Scalar step() {
    const Tensor x = spiral(128, rng);
    const Loss loss = variant.loss(x, rng);
    adam.zero_grad();
    backward(loss.value);
    adam.step();
    if (adam.steps() % 50 == 0) variant.revive(x, rng);
    return loss.value.item();
  }

  Rng rng;
  Variant variant;
  nn::Adam adam;
};

}  // namespace hourglass::HOURGLASS_BUILD
