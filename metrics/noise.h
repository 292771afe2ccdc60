#pragma once
#include <vector>

#include <hourglass/nn/sequential.h>

// How the noise of an input propagates through a network.
namespace hourglass::HOURGLASS_BUILD::metrics {

/// How much of the noise d = x~ - x at an input stands in the output again:  Σ (r(x~) - r(x)) d / Σ d², over all
/// numbers. 1 for a copy, 0 for a network whose output ignores the noise. Throws unless the shapes agree, all numbers
/// are finite and d is not all 0.
double noise_copied(const Tensor& x, const Tensor& noisy, const Tensor& r, const Tensor& r_of_noisy);

/// The change of each layer's activations by noise, relative to how far images differ there:
///     Σ ‖a(x~) - a(x)‖² / Σ ‖a(x) - mean a(x)‖²
/// with a the input, then each layer of the encoder, then each of the decoder. 0 where the noise is gone, 2 where it is
/// all that is left of two unrelated images. Throws unless the shapes agree, images differ at every layer
/// and all numbers are finite.
std::vector<double> noise_left(const Tensor& x, const Tensor& noisy, const nn::Sequential& encoder,
                               const nn::Sequential& decoder);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
