#include <hourglass/nn/sgd.h>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD::nn {

namespace {

// Without momentum u is null: g itself is what p moves by.
HOURGLASS_EVERY_CPU void sgd_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict u,
                                  bool first, Scalar rate, const SGDOptions o) {
  for (Index i = 0; i < n; ++i) {
    // hole sgd: one step of p, with weight decay and momentum
    const Scalar gradient = g[i] + o.weight_decay * p[i];
    if (!u) {
      p[i] -= rate * gradient;
    } else {
      u[i] = first ? gradient : o.momentum * u[i] + (1 - o.dampening) * gradient;
      p[i] -= rate * (o.nesterov ? gradient + o.momentum * u[i] : u[i]);
    }
    // end of hole
  }
}

}  // namespace

SGD::SGD(const Parameters& parameters, const SGDOptions& options)
    : Optimizer(parameters, options.learning_rate, "sgd",
                std::vector<std::string>(options.momentum != 0 ? 1 : 0, "momentum_buffer")),
      options_(options) {
  require(options.momentum >= 0 && options.weight_decay >= 0, "SGD: momentum ", options.momentum, " and weight decay ",
          options.weight_decay, ", neither can be negative");
  require(!options.nesterov || (options.momentum > 0 && options.dampening == 0),
          "SGD: Nesterov needs momentum and no dampening");
}

void SGD::step() {
  each([this](const Stretch& x) { sgd_loop(x.n, x.p, x.g, x.kept[0], x.t == 1, learning_rate_, options_); });
}

void SGD::set_momentum(Number momentum) {
  require(momentum > 0 && options_.momentum > 0, "SGD: momentum ", momentum, " after ", options_.momentum,
          ", both must be above 0");
  options_.momentum = momentum;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
