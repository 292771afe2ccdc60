#include <hourglass/metrics/probabilistic_pca.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/layout.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

ProbabilisticPca::ProbabilisticPca(const Pca& pca, Index q) : pca_(pca), q_(q), noise_(0) {
  const Index d = pca.mean.numel();
  require(q >= 1 && q < d, "probabilistic pca: ", q, " units for ", d, " pixels, expected 1 to ", d - 1);
  for (Index i = q; i < d; ++i) noise_ += static_cast<double>(pca.variances.data()[i]) / static_cast<double>(d - q);
  require(noise_ > 0 && std::isfinite(double(pca.variances.data()[0])), "probabilistic pca: the variance outside of ",
          q, " components is ", noise_, ", the largest ", double(pca.variances.data()[0]),
          ", expected finite numbers above 0");
}

Tensor ProbabilisticPca::weights() const {
  Tensor W = narrow(pca_.components, 0, 0, q_).clone();
  Scalar* w = W.write_();
  for (Index i = 0; i < q_; ++i) {
    const double length = std::sqrt(std::max(0.0, double(pca_.variances.data()[i]) - noise_));
    for (Index j = 0; j < W.size(1); ++j, ++w) *w = static_cast<Scalar>(length * double(*w));
  }
  return W;
}

double ProbabilisticPca::training_log_likelihood() const {
  const auto d = static_cast<double>(pca_.mean.numel());
  double log_determinant = (d - static_cast<double>(q_)) * std::log(noise_);
  for (Index i = 0; i < q_; ++i) log_determinant += std::log(static_cast<double>(pca_.variances.data()[i]));
  return -0.5 * (d * std::log(2 * std::numbers::pi) + log_determinant + d);
}

std::vector<double> ProbabilisticPca::log_likelihood(const Tensor& x) const {
  require_finite(x, "probabilistic pca");
  // (x-m)ᵀ C⁻¹ (x-m): along component i divided by λ_i, along those that are left out by σ². A sum of squares: it
  // cannot become negative
  const Index d = pca_.mean.numel();
  const Tensor h = pca_.encode(x, d);
  const double constant = 2 * training_log_likelihood() + static_cast<double>(d);
  std::vector<double> result;
  for (Index i = 0; i < x.size(0); ++i) {
    double distance = 0;
    for (Index j = 0; j < d; ++j) {
      const double along = h.data()[i * d + j];
      distance += along * along / (j < q_ ? static_cast<double>(pca_.variances.data()[j]) : noise_);
    }
    result.push_back(0.5 * (constant - distance));
  }
  return result;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
