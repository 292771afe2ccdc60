#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The activity of a code's units over a set of images. A unit is active in an image where |h| > threshold.
struct Activity {
  std::vector<double> mean;        ///< [units]: of h over the images
  std::vector<double> active;      ///< [units]: the share of images in which the unit is active
  double share_active = 0;         ///< over units and images: how sparse the code is
  Index dead = 0;                  ///< units that are active in no image
  double population_sparsity = 0;  ///< Hoyer's measure within an image, averaged over images
  double lifetime_sparsity = 0;    ///< Hoyer's measure of a unit over the images, averaged over units
};

/// Throws unless h is a batch of codes [n, units], its numbers finite, and on a threshold that is NaN.
Activity activity(const Tensor& h, Number threshold = 0);

/// (√n - Σ|v| / √Σv²) / (√n - 1): 0 where all n numbers are equally large, 1 where all but one are 0 (Hoyer 2004,
/// §3.1), from n, Σ|v| and Σv². Throws unless these are finite, n at least 1 and Σv² above 0. Averages of `activity`
/// leave out rows and columns without any number but 0.
double hoyer_sparsity(double n, double absolute_sum, double square_sum);

/// The variance of each column of h [n, units] over its rows, divided by n. Throws, here and below, unless all numbers
/// are finite.
std::vector<double> unit_variances(const Tensor& h);

/// How many units of a variational autoencoder are active: those whose posterior mean varies over images by more
/// than the threshold,  Var_x E_q(h|x)[h] > 0.01  (Burda et al. 2016, §5.2). `means` are the posterior means [n,
/// units].
Index active_units(const Tensor& means, double threshold = 0.01);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
