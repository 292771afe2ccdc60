#include <hourglass/nn/rmsprop.h>

#include <cmath>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD::nn {

namespace {

// Without momentum u is null.
HOURGLASS_EVERY_CPU void rmsprop_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict v,
                                      Scalar* __restrict u, Scalar rate, const RmsPropOptions o) {
  for (Index i = 0; i < n; ++i) {
    const Scalar gradient = g[i] + o.weight_decay * p[i];
    v[i] = o.alpha * v[i] + (1 - o.alpha) * gradient * gradient;
    const Scalar move = gradient / (std::sqrt(v[i]) + o.epsilon);
    if (u) u[i] = o.momentum * u[i] + move;
    p[i] -= rate * (u ? u[i] : move);
  }
}

}  // namespace

RmsProp::RmsProp(const Parameters& parameters, const RmsPropOptions& options)
    : Optimizer(parameters, options.learning_rate),
      options_(options),
      square_avg_(zeros()),
      momentum_buffer_(zeros(options.momentum != 0)) {
  require(options.alpha >= 0 && options.alpha < 1 && options.epsilon > 0 && options.momentum >= 0, "RmsProp: alpha ",
          options.alpha, ", epsilon ", options.epsilon, ", momentum ", options.momentum,
          ": expected 0 <= alpha < 1, a positive epsilon, no negative momentum");
}

void RmsProp::step() {
  each([&](Tensor& p, const Tensor& g, std::size_t i, Scalar) {
    Tensor& buffer = momentum_buffer_[i];
    Scalar *to = p.write_(), *v = square_avg_[i].write_(), *u = buffer.empty() ? nullptr : buffer.write_();
    const Scalar* from = g.data();
    parallel_chunks(p.size(), chunk, [=, this](Index first, Index last) {
      rmsprop_loop(last - first, to + first, from + first, v + first, u ? u + first : nullptr, learning_rate_,
                   options_);
    });
  });
}

Parameters RmsProp::state() const {
  Parameters all;
  name(all, "rmsprop.step.", steps_);
  name(all, "rmsprop.square_avg.", square_avg_);
  name(all, "rmsprop.momentum_buffer.", momentum_buffer_);
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
