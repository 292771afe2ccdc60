#pragma once
#include <cmath>
#include <numbers>

#include <hourglass/tensor/simd.h>

// For kernels alone: each activation and its derivative, side by side. `f(x)` is the activation; `grad(g, ·)` is g ·
// f', from the output y where that is enough, else from the input x.
namespace hourglass::HOURGLASS_BUILD {

/// y = max(x, 0)
struct Relu {
  Scalar operator()(Scalar x) const { return x < 0 ? Scalar{0} : x; }
  Scalar grad(Scalar g, Scalar y) const { return y <= 0 ? Scalar{0} : g; }
};

/// y = x where x > 0, else c x
struct LeakyRelu {
  Scalar negative_slope;
  Scalar operator()(Scalar x) const { return x > 0 ? x : negative_slope * x; }
  Scalar grad(Scalar g, Scalar y) const { return y > 0 ? g : negative_slope * g; }
};

/// y = x where x > 0, else α (e^x - 1)
struct Elu {
  Scalar alpha;
  Scalar operator()(Scalar x) const {
    const Scalar below = alpha * simd::expm1(x > 0 ? Scalar{0} : x);
    return x > 0 ? x : below;
  }
  Scalar grad(Scalar g, Scalar x) const {
    const Scalar below = g * (alpha * simd::exp(x <= 0 ? x : Scalar{0}));
    return x <= 0 ? below : g;
  }
};

/// y = x Φ(x), with Φ the normal distribution function;   y' = Φ(x) + x φ(x)
struct Gelu {
  static constexpr Scalar root_half = std::numbers::sqrt2_v<Scalar> / 2;
  static constexpr Scalar inv_sqrt_2pi = std::numbers::inv_sqrtpi_v<Scalar> * root_half;
  Scalar operator()(Scalar x) const { return x * Scalar{0.5} * (1 + simd::erf(x * root_half)); }
  Scalar grad(Scalar g, Scalar x) const {
    const Scalar below = Scalar{0.5} * (1 + simd::erf(x * root_half));
    return g * (below + x * inv_sqrt_2pi * simd::exp(Scalar{-0.5} * x * x));
  }
};

/// y = 1 / (1 + e^-x);   y' = y (1 - y)
struct Sigmoid {
  Scalar operator()(Scalar x) const { return 1 / (1 + simd::exp(-x)); }
  Scalar grad(Scalar g, Scalar y) const { return g * y * (1 - y); }
};

/// y = x σ(x);   y' = σ(x) (1 + x (1 - σ(x)))
struct Silu {
  Scalar operator()(Scalar x) const { return x / (1 + simd::exp(-x)); }
  Scalar grad(Scalar g, Scalar x) const {
    const Scalar s = Sigmoid()(x);
    return g * s * (1 + x * (1 - s));
  }
};

/// y = tanh x;   y' = 1 - y²
struct Tanh {
  Scalar operator()(Scalar x) const { return simd::tanh(x); }
  Scalar grad(Scalar g, Scalar y) const { return g * (1 - y * y); }
};

/// y = log(1 + e^x), without overflow for large x;   y' = σ(x)
struct Softplus {
  Scalar operator()(Scalar x) const { return (x < 0 ? Scalar{0} : x) + simd::log1p(simd::exp(-std::abs(x))); }
  Scalar grad(Scalar g, Scalar x) const { return g * Sigmoid()(x); }
};

}  // namespace hourglass::HOURGLASS_BUILD
