#include <hourglass/nn/adam.h>

#include <cmath>

#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD::nn {

namespace {

// What changes from step to step: η, 1 - η · weight decay, and the bias corrections 1 - βᵗ.
struct AdamStep {
  Scalar rate, keep, correction1, correction2;
};

HOURGLASS_EVERY_CPU void adam_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict m,
                                   Scalar* __restrict v, const AdamStep s, const AdamOptions o) {
  const Scalar rate = s.rate / s.correction1, root = 1 / std::sqrt(s.correction2);
  for (Index i = 0; i < n; ++i) {
    const Scalar gradient = g[i] + o.l2 * p[i];
    m[i] = o.beta1 * m[i] + (1 - o.beta1) * gradient;
    v[i] = o.beta2 * v[i] + (1 - o.beta2) * gradient * gradient;
    p[i] = s.keep * p[i] - rate * m[i] / (std::sqrt(v[i]) * root + o.epsilon);
  }
}

}  // namespace

Adam::Adam(const Parameters& parameters, const AdamOptions& options)
    : Optimizer(parameters, options.learning_rate), options_(options), exp_avg_(zeros()), exp_avg_sq_(zeros()) {
  require(options.beta1 >= 0 && options.beta1 < 1 && options.beta2 >= 0 && options.beta2 < 1, "Adam: betas ",
          options.beta1, " and ", options.beta2, ", expected 0 <= beta < 1");
  require(options.epsilon > 0, "Adam: epsilon is ", options.epsilon, ", expected a positive number");
}

void Adam::step() {
  each([&](Tensor& p, const Tensor& g, std::size_t i, Scalar t) {
    const auto correction = [t](double beta) { return static_cast<Scalar>(1 - std::pow(beta, double(t))); };
    const AdamStep step{learning_rate_, 1 - learning_rate_ * weight_decay_, correction(options_.beta1),
                        correction(options_.beta2)};
    Scalar *to = p.write_(), *m = exp_avg_[i].write_(), *v = exp_avg_sq_[i].write_();
    const Scalar* from = g.data();
    parallel_chunks(p.size(), chunk, [=, this](Index first, Index last) {
      adam_loop(last - first, to + first, from + first, m + first, v + first, step, options_);
    });
  });
}

Parameters Adam::state() const {
  Parameters all;
  name(all, "adam.step.", steps_);
  name(all, "adam.exp_avg.", exp_avg_);
  name(all, "adam.exp_avg_sq.", exp_avg_sq_);
  return all;
}

AdamW::AdamW(const Parameters& parameters, const AdamWOptions& o)
    : Adam(parameters, {.learning_rate = o.learning_rate, .beta1 = o.beta1, .beta2 = o.beta2, .epsilon = o.epsilon}) {
  require(o.weight_decay >= 0, "AdamW: weight decay is ", o.weight_decay, ", it cannot be negative");
  weight_decay_ = o.weight_decay;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
