// Task 1 of lesson 12: the peak signal-to-noise ratio
//
// x [n, d] are n clean images with pixels from 0 to 1, r [n, d] the outputs of a denoiser for their noisy versions.
// Compute the peak signal-to-noise ratio in decibels, averaged over the images:
//
//     decibels(r, x) = (1/n) Σ_i 10 log₁₀(1 / m_i),     m_i = (1/d) Σ_j (r_ij - x_ij)²
//
// m_i is the mean squared error of image i. The ratios of the images are averaged, not their errors. Loops over
// `r.data()` and `x.data()` suffice; no gradient is needed.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double decibels(const Tensor& r, const Tensor& x) { todo("decibels(r, x): the mean PSNR is missing"); }
