#pragma once
#include <vector>

#include <hourglass/metrics/pca.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// Probabilistic PCA, the linear variational autoencoder whose likelihood is known exactly:  h ~ N(0, 1) of q units,
/// x = W h + m + σ ε.  So x ~ N(m, C) with C = W Wᵀ + σ² 1; greatest likelihood at W = U (Λ - σ²)^½, with the q largest
/// variances Λ and their directions U, and σ² the mean of the other variances (Tipping & Bishop 1999, eq. 7 and 8).
class ProbabilisticPca {
 public:
  /// Throws unless 1 <= q < d and σ² > 0.
  ProbabilisticPca(const Pca& pca, Index q);

  /// log N(x_i; m, C) in nats for each row of x [n, d]. Throws unless all numbers are finite.
  std::vector<double> log_likelihood(const Tensor& x) const;
  /// Its mean over the images that the PCA was fitted to:  -½ (d log 2π + Σ log λ + (d - q) log σ² + d)  (eq. 3).
  double training_log_likelihood() const;

  /// W as [q, d], one unit a row: the mean of p(x|h) is h W + m.
  Tensor weights() const;
  double noise_variance() const { return noise_; }  ///< σ²

 private:
  Pca pca_;
  Index q_;
  double noise_;
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
