#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The peak signal-to-noise ratio in decibels of each image r [n, pixels] beside the true one x, of numbers from 0 to
/// 1: 10 log₁₀(1 / mean (r - x)²); infinite where both are equal. Throws unless the shapes agree and all numbers
/// are finite.
std::vector<double> psnr(const Tensor& r, const Tensor& x);

/// The structural similarity of each image r [n, height · width] to the true one x, of numbers from 0 to 1: the mean of
///   (2 μ_r μ_x + c₁)(2 σ_rx + c₂) / ((μ_r² + μ_x² + c₁)(σ_r² + σ_x² + c₂)),   c₁ = 0.01², c₂ = 0.03²,
/// over all windows of 11 × 11 that lie inside, weighed by a normal density of σ = 1.5 (Wang et al. 2004, §III.C).
/// Throws unless the shapes agree, both sides are at least 11 and all numbers are finite.
std::vector<double> ssim(const Tensor& r, const Tensor& x, Index height, Index width);

/// 8 · bytes / pixels.
double bits_per_pixel(Index bytes, Index pixels);
/// nats / (pixels · log 2): what an ideal coder needs for images of this negative log-likelihood.
double bits_per_pixel_of_nats(double nats_per_image, Index pixels_per_image);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
