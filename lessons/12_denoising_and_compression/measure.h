#pragma once
#include <hourglass/models/denoising.h>
#include <hourglass/models/undercomplete.h>
#include "lessons/common/run.h"

// What lesson 12 measures of its two networks, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// S36: the PSNR, 10 log₁₀(1 / mean (r - x)²) in dB, under six kinds of noise: of the noisy image, of filters and PCA
/// (their settings chosen on validation images), of the best affine map and of the network.
void measure_denoising(Run& run, const data::Images& train, const data::Images& validation, const data::Images& test,
                       models::Denoising& model);

/// S37: bits per pixel and PSNR of quantised codes, written as bytes; of JPEG at the same PSNR; and of lossless coding.
void measure_compression(Run& run, const data::Images& train, const data::Images& test, models::Undercomplete& model);

}  // namespace hourglass::HOURGLASS_BUILD
