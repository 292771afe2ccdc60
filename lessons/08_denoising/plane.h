#pragma once
#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/report/arrows.h>
#include "lessons/common/run.h"

namespace hourglass::HOURGLASS_BUILD {

// In the plane: a net that has learned to return noisy points to a curve, and the best that could be done.
inline void denoise_in_the_plane(Run& run) {
  Rng rng(run.seed, 8);
  const auto curve = [](const Variable& t) { return cat({t, Scalar(1.5) * (t * t * t - t)}, 1).value(); };
  const Scalar sigma = Scalar(0.2), end = Scalar(1.2);
  models::Autoencoder net;
  net.encoder = nn::mlp({2, 128}, Activation::relu, Activation::relu, rng);
  net.decoder = nn::mlp({128, 2}, Activation::none, Activation::none, rng);
  nn::Adam adam(net.parameters(), {.learning_rate = Scalar(3e-3)});
  const nn::Corruption noise{nn::Corruption::Kind::gaussian, sigma};
  for (int step = 0; step < (run.quick() ? 300 : 3000); ++step) {
    const Tensor x = curve(rng.uniform({256, 1}, -end, end));
    adam.zero_grad();
    backward(nn::squared_error(net.decode(net.encode(noise(x, rng))), x).value);
    adam.step();
  }
  const NoGrad looking;
  const Variable points = curve(rng.uniform({1000, 1}, -end, end));
  // [best]
  const auto best = [&](const Variable& y) {  // E[x | x~ = y]: all points, weighed by how likely they became y
    const Variable nearness = matmul(y, points, Transpose::no, Transpose::yes) - sum(square(points), 1) / Scalar(2);
    return matmul(softmax(nearness / (sigma * sigma), 1), points).value();
  };
  // [/best]
  const Tensor y = noise(curve(rng.uniform({2000, 1}, -end, end)), rng), r = net.decode(net.encode(y)).value();
  run.metric("field_difference_from_best_share",
             (nn::squared_error(r, best(y)).value / nn::squared_error(y, best(y)).value).item());
  const Tensor grid = rng.uniform({500, 2}, Scalar(-1.6), Scalar(1.6));
  run.show("field", "Where r(x~) - x~ points",
           "Orange: the curve. Each arrow: from a point to what the net makes of it.",
           report::arrows(grid, net.decode(net.encode(grid)).value(), points.value()));
}

}  // namespace hourglass::HOURGLASS_BUILD
