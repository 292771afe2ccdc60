#pragma once
#include <hourglass/tensor/tensor.h>

// Losses summed over everything, each in one pass. Both tensors must have one shape; throws, naming both, otherwise.
namespace hourglass::HOURGLASS_BUILD {

/// Σ (r - x)²
Tensor squared_difference(const Tensor& r, const Tensor& x);
/// scale · (r - x), for a scale of rank 0.
Tensor scaled_difference(const Tensor& scale, const Tensor& r, const Tensor& x);
/// Σ (max(z, 0) - z x + log(1 + e^-|z|))
Tensor binary_cross_entropy_with_logits(const Tensor& z, const Tensor& x);
/// scale · (σ(z) - x), for a scale of rank 0.
Tensor binary_cross_entropy_grad(const Tensor& scale, const Tensor& z, const Tensor& x);
/// Σ ½ (μ² + e^s - 1 - s), never negative.
Tensor gaussian_kl(const Tensor& mu, const Tensor& log_variance);
/// Σ ρ log(ρ / a) + (1 - ρ) log((1 - ρ) / (1 - a)), never negative, for 0 < ρ < 1.
Tensor bernoulli_kl(Number rho, const Tensor& a);

}  // namespace hourglass::HOURGLASS_BUILD
