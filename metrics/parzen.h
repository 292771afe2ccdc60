#pragma once
#include <span>
#include <vector>

#include <hourglass/metrics/estimate.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The log-likelihood of images x [n, d] under a density that is put together of normal ones about the samples s [m, d]
/// (Parzen 1962; Breuleux et al. 2011), one estimate a width σ:
///   log p(x) = log 1/m Σ_j exp(-½ ‖x - s_j‖² / σ²) - d log σ √(2π).
/// Throws unless the columns agree, all numbers are finite and all widths are above 0.
std::vector<Estimate> parzen_log_likelihood(const Tensor& samples, const Tensor& x, std::span<const double> widths);

/// What `parzen` found.
struct Parzen {
  Estimate log_likelihood;  ///< of the test images, in nats
  double width;             ///< σ, chosen on the validation images
};

/// The measure of Goodfellow et al. 2014, §5: σ is the one of ten widths, evenly spaced from 0.1 to 1 in their
/// logarithms, under which the validation images are likeliest. It favours blurred means of digits over digits
/// (Theis et al. 2016): it is here to reproduce published figures.
Parzen parzen(const Tensor& samples, const Tensor& validation, const Tensor& test);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
