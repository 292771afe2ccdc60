#include <hourglass/nn/sgd.h>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD::nn {

namespace {

// Without momentum u is null: g itself is what p moves by.
HOURGLASS_EVERY_CPU void sgd_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict u,
                                  bool first, Scalar rate, const SgdOptions o) {
  for (Index i = 0; i < n; ++i) {
    const Scalar gradient = g[i] + o.weight_decay * p[i];
    if (!u) {
      p[i] -= rate * gradient;
    } else {
      u[i] = first ? gradient : o.momentum * u[i] + (1 - o.dampening) * gradient;
      p[i] -= rate * (o.nesterov ? gradient + o.momentum * u[i] : u[i]);
    }
  }
}

}  // namespace

Sgd::Sgd(const Parameters& parameters, const SgdOptions& options)
    : Optimizer(parameters, options.learning_rate), options_(options), momentum_buffer_(zeros(options.momentum != 0)) {
  require(options.momentum >= 0 && options.weight_decay >= 0, "Sgd: momentum ", options.momentum, " and weight decay ",
          options.weight_decay, ", neither can be negative");
  require(!options.nesterov || (options.momentum > 0 && options.dampening == 0),
          "Sgd: Nesterov needs momentum and no dampening");
}

void Sgd::step() {
  each([&](Tensor& p, const Tensor& g, std::size_t i, Scalar t) {
    Tensor& buffer = momentum_buffer_[i];
    Scalar *to = p.write_(), *u = buffer.empty() ? nullptr : buffer.write_();
    const Scalar* from = g.data();
    parallel_chunks(p.size(), chunk, [=, this](Index first, Index last) {
      sgd_loop(last - first, to + first, from + first, u ? u + first : nullptr, t == 1, learning_rate_, options_);
    });
  });
}

void Sgd::set_momentum(Number momentum) {
  require(momentum > 0 && options_.momentum > 0, "Sgd: momentum ", momentum, " after ", options_.momentum,
          ", both must be above 0");
  options_.momentum = momentum;
}

Parameters Sgd::state() const {
  Parameters all;
  name(all, "sgd.step.", steps_);
  name(all, "sgd.momentum_buffer.", momentum_buffer_);
  return all;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
