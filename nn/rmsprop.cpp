#include <hourglass/nn/rmsprop.h>

#include <cmath>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD::nn {

namespace {

// Without momentum u is null.
HOURGLASS_EVERY_CPU void rmsprop_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict v,
                                      Scalar* __restrict u, Scalar rate, const RMSpropOptions o) {
  for (Index i = 0; i < n; ++i) {
    const Scalar gradient = g[i] + o.weight_decay * p[i];
    v[i] = o.alpha * v[i] + (1 - o.alpha) * gradient * gradient;
    const Scalar move = gradient / (std::sqrt(v[i]) + o.epsilon);
    if (u) u[i] = o.momentum * u[i] + move;
    p[i] -= rate * (u ? u[i] : move);
  }
}

}  // namespace

RMSprop::RMSprop(const Parameters& parameters, const RMSpropOptions& options)
    : Optimizer(parameters, options.learning_rate, "rmsprop",
                options.momentum != 0 ? std::vector<std::string>{"square_avg", "momentum_buffer"}
                                      : std::vector<std::string>{"square_avg"}),
      options_(options) {
  require(options.alpha >= 0 && options.alpha < 1 && options.epsilon > 0 && options.momentum >= 0, "RMSprop: alpha ",
          options.alpha, ", epsilon ", options.epsilon, ", momentum ", options.momentum,
          ": expected 0 <= alpha < 1, a positive epsilon, no negative momentum");
}

void RMSprop::step() {
  each([this](const Stretch& x) { rmsprop_loop(x.n, x.p, x.g, x.kept[0], x.kept[1], learning_rate_, options_); });
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
