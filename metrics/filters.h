#pragma once
#include <hourglass/tensor/tensor.h>

// Denoisers without training: baselines of a denoising autoencoder. Images [n, height · width]; beyond their
// edges all is 0 (black). All throw unless the sides make up a row, the window is odd and the numbers are
// finite.
namespace hourglass::HOURGLASS_BUILD::metrics {

/// The adaptive Wiener filter:  r = μ + max(0, 1 - ν / σ²) (x - μ)  with mean μ and variance σ² of the window about
/// each pixel and the variance ν of the noise (Lim 1990, §9.2.4; scipy.signal.wiener). Below 0, ν is estimated for each
/// image as the mean of its σ².
Tensor local_wiener(const Tensor& x, Index height, Index width, Index window = 3, double noise_variance = -1);

/// The median of the window about each pixel (Tukey 1977).
Tensor median_filter(const Tensor& x, Index height, Index width, Index window = 3);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
