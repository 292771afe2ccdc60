#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// Principal component analysis: the best linear code, the baseline beside every model. The k orthonormal directions w
/// of largest variance about the mean m;  h = (x - m) Wᵀ,  r = h W + m  (Pearson 1901; Hotelling 1933).
class Pca {
 public:
  /// The code [n, k] of images x [n, d]. Throws unless 1 <= k <= d and x has d columns.
  Tensor encode(const Tensor& x, Index k) const;
  /// The images [n, d] of a code [n, k].
  Tensor decode(const Tensor& h) const;
  /// The reconstructions [n, d] of codes [n, k]. Throws as `encode`.
  Tensor reconstruct(const Tensor& x, Index k) const { return decode(encode(x, k)); }

  /// The mean image once for each image of x: the reconstruction without any code.
  Tensor mean_like(const Tensor& x) const;

  Tensor mean;        ///< [d]
  Tensor components;  ///< [d, d]: one direction a row, the largest variance first
  Tensor variances;   ///< [d], of the training images along each direction: none is below 0, beyond the
                      ///< range of Scalar infinite
  Tensor mean_rest;   ///< [d]: what rounding to Scalar took from the mean, which far from the origin is much; or none
};

/// Collects mean and covariance batch by batch, so that the images need never be in memory as numbers all at once.
class PcaFit {
 public:
  /// Adds a batch [n, d]. Throws when d is not that of the first batch, and unless all numbers are finite.
  void add(const Tensor& x);
  /// Throws unless at least two images were added.
  Pca finish() const;

 private:
  Index count_ = 0, size_ = 0;
  std::vector<double> shift_;          // the first batch's mean m, [d]: where squares are large, float loses the spread
  double unit_ = 1;                    // in which x - m is measured
  std::vector<double> sum_, product_;  // Σ (x - m) [d],  Σ (x - m)ᵀ (x - m) [d, d]
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
