#include <hourglass/nn/adam.h>

#include <cmath>

#include <hourglass/tensor/error.h>
#include <hourglass/tensor/simd.h>

namespace hourglass::HOURGLASS_BUILD::nn {

namespace {

// What changes from step to step: keep = 1 - η · weight decay, rate = η / (1 - β₁ᵗ), root = 1 / √(1 - β₂ᵗ).
HOURGLASS_EVERY_CPU void adam_loop(Index n, Scalar* __restrict p, const Scalar* __restrict g, Scalar* __restrict m,
                                   Scalar* __restrict v, Scalar keep, Scalar rate, Scalar root, const AdamOptions o) {
  for (Index i = 0; i < n; ++i) {
    // hole adam: m, v and p after one step
    const Scalar gradient = g[i] + o.l2 * p[i];
    m[i] = o.beta1 * m[i] + (1 - o.beta1) * gradient;
    v[i] = o.beta2 * v[i] + (1 - o.beta2) * gradient * gradient;
    p[i] = keep * p[i] - rate * m[i] / (std::sqrt(v[i]) * root + o.epsilon);
    // end of hole
  }
}

}  // namespace

Adam::Adam(const Parameters& parameters, const AdamOptions& options)
    : Optimizer(parameters, options.learning_rate, "adam", {"exp_avg", "exp_avg_sq"}), options_(options) {
  require(options.beta1 >= 0 && options.beta1 < 1 && options.beta2 >= 0 && options.beta2 < 1, "Adam: betas ",
          options.beta1, " and ", options.beta2, ", expected 0 <= beta < 1");
  require(options.epsilon > 0, "Adam: epsilon is ", options.epsilon, ", expected a positive number");
}

void Adam::step() {
  each([this](const Stretch& x) {
    // hole correction: keep, rate and root at step t
    const auto correction = [&](double beta) { return static_cast<Scalar>(1 - std::pow(beta, double(x.t))); };
    adam_loop(x.n, x.p, x.g, x.kept[0], x.kept[1], 1 - learning_rate_ * weight_decay_,
              learning_rate_ / correction(options_.beta1), 1 / std::sqrt(correction(options_.beta2)), options_);
    // end of hole
  });
}

AdamW::AdamW(const Parameters& parameters, const AdamWOptions& o)
    : Adam(parameters, {.learning_rate = o.learning_rate, .beta1 = o.beta1, .beta2 = o.beta2, .epsilon = o.epsilon}) {
  require(o.weight_decay >= 0, "AdamW: weight decay is ", o.weight_decay, ", it cannot be negative");
  weight_decay_ = o.weight_decay;
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
