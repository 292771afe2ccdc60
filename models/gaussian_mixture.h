#pragma once
#include <vector>

#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// A mixture of Gaussians with full covariances, fitted by expectation-maximisation: a density of the
/// codes of a trained model, from which new ones are drawn.     p(h) = Σ_k π_k N(h; μ_k, Σ_k)           (Dempster,
/// Laird & Rubin 1977) It is no network, and so not exported as one.
class GaussianMixture {
 public:
  /// How many Gaussians, and when the fit ends.
  struct Options {
    Index components = 10;
    int iterations = 100;  ///< at most; it stops when the mean log-likelihood grows by less than `tolerance`
    double tolerance = 1e-4, floor = 1e-6;  ///< the floor is added to the variances
  };
  /// Fits codes [n, d]; the means start at codes drawn far from each other (k-means++; Arthur & Vassilvitskii 2007).
  /// Throws unless there are more codes than components, all of them finite.
  GaussianMixture(const Tensor& h, const Options& options, Rng& rng);

  /// log p(h) of each row: [n]. Throws unless all numbers are finite.
  Tensor log_density(const Tensor& h) const;
  /// n new codes: [n, d].
  Tensor sample(Index n, Rng& rng) const;

  std::vector<double> weights;  ///< π
  Tensor means;                 ///< [components, d]

 private:
  // Σ_k by its eigenvectors, one a row, and the square roots of its eigenvalues.
  struct Axes {
    Tensor directions, deviations;
  };
  std::vector<Axes> axes_;
  std::vector<double> center_;  // the mean of all codes: far from the origin a mean in Scalar is wrong by their spread
  Tensor about_;                // μ - center
  Tensor centered(const Tensor& h) const;                              // h - center
  Tensor log_joint(const Tensor& h) const;                             // log π_k N(h_i; μ_k, Σ_k): [n, components]
  void maximize(const Tensor& h, const Tensor& shares, double floor);  // the M step
};

}  // namespace hourglass::HOURGLASS_BUILD::models
