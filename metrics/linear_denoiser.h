#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The best affine denoiser: Wiener's filter without the assumption that all positions of an image have the same
/// statistics. Of all maps r = m_x + A (y - m_y) of a noisy image y the one with the least expected squared error:  A =
/// C_xy C_yy⁻¹ (Wiener 1949; Kay 1993, §12.3). A better non-linear denoiser uses more than covariances.
struct LinearDenoiser {
  Tensor mean_noisy, mean_clean;  ///< m_y, m_x [d]
  Tensor map;                     ///< A [d, d]
  Tensor rest;                    ///< [d]: what rounding to Scalar took from m_y, which far from the origin is much
  /// Throws unless y has d columns.
  Tensor denoise(const Tensor& y) const;
};

/// Learns from pairs of noisy and clean images, batch by batch.
class LinearDenoiserFit {
 public:
  /// Throws unless both are [n, d], with the d of the first batch, and all numbers are finite.
  void add(const Tensor& noisy, const Tensor& clean);
  /// Directions in which noisy images do not vary (below 1e-6 of the largest variance) are left out. Throws unless at
  /// least two images were added.
  LinearDenoiser finish() const;

 private:
  Index count_ = 0, size_ = 0;
  // the first batch's means are taken away before all sums: where squares are large, float loses the spread
  std::vector<double> shift_noisy_, shift_clean_;
  double unit_noisy_ = 1, unit_clean_ = 1;  // in which the rest is measured
  std::vector<double> sum_noisy_, sum_clean_, noisy_noisy_, clean_noisy_;
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
