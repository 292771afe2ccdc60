#pragma once
#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/ops.h>
#include <hourglass/models/autoencoder.h>
#include <hourglass/nn/adam.h>
#include <hourglass/nn/corruption.h>
#include <hourglass/report/chart.h>
#include "lessons/common/run.h"

namespace hourglass::HOURGLASS_BUILD {

// In the plane: a denoising autoencoder for points on a curve, compared with the optimal denoiser.
inline void denoise_in_the_plane(Run& run) {
  Rng rng(run.seed, 8);
  const Scalar sigma = Scalar(0.2);
  const Scalar end = Scalar(1.2);
  const nn::Corruption noise{nn::Corruption::Kind::gaussian, sigma};
  const auto curve = [&](Index n) {  // n points (t, 1.5 (t³ - t)) with t from -end to end
    const Variable t = rng.uniform({n, 1}, -end, end);
    return cat({t, 1.5 * (t * t * t - t)}, 1).value();
  };
  models::Autoencoder model;
  model.encoder = nn::mlp({2, 128}, Activation::relu, Activation::relu, rng);
  model.decoder = nn::mlp({128, 2}, Activation::none, Activation::none, rng);
  nn::Adam adam(model.parameters(), {.learning_rate = 3e-3});
  for (int step = 0; step < (run.quick() ? 300 : 3000); ++step) {
    const Tensor x = curve(256);
    const Loss loss = nn::squared_error(model.decode(model.encode(noise(x, rng))), x);
    adam.zero_grad();
    backward(loss.value);
    adam.step();
  }
  const NoGrad no_grad;
  const Variable points = curve(1000);
  // [best]
  const auto best = [&](const Variable& y) {  // E[x | x~ = y]: mean of the points, weighted by p(y | point)
    const Variable nearness = matmul(y, points, Transpose::no, Transpose::yes) - sum(square(points), 1) / 2;
    return matmul(softmax(nearness / (sigma * sigma), 1), points).value();
  };
  // [/best]
  const Tensor y = noise(curve(2000), rng);
  const Tensor r = model.decode(model.encode(y)).value();
  const Variable difference = nn::squared_error(r, best(y)).value;
  run.metric("field_difference_from_best_share", (difference / nn::squared_error(y, best(y)).value).item());
  const Tensor grid = rng.uniform({500, 2}, Scalar(-1.6), Scalar(1.6));
  report::Chart field = report::scatter("Vector field r(x~) - x~", points.value(), {}, "clean points x");
  field.series.push_back(report::arrows("from x~ to r(x~)", grid, model.decode(model.encode(grid)).value()));
  field.same_scale = true;
  run.show("field", field.title, "Each arrow leads from a point to the network's output for it.", field);
}

}  // namespace hourglass::HOURGLASS_BUILD
