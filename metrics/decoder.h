#pragma once
#include <functional>
#include <utility>
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// A decoder as a distribution p(x|h) over images: its output, and the distribution that has it as parameter.
class Decoder {
 public:
  using Map = std::function<Tensor(const Tensor& h)>;  ///< from codes [m, k] to outputs [m, d]

  /// Each pixel is 1 with probability σ(z):  log p(x|h) = Σ x z - log(1 + e^z), for logits z.
  static Decoder bernoulli(Map logits) { return {std::move(logits), 0}; }
  /// Each pixel is normal about the output:  log p(x|h) = -½ Σ (x - r)² / σ² - ½ d log 2πσ². Throws unless σ² > 0
  /// and finite.
  static Decoder gaussian(Map mean, double variance);

  /// log p(x_i|h_i), row by row, of x [n, d] and h [n, k]. Here and below throws when an image or an output is not
  /// finite.
  std::vector<double> each(const Tensor& x, const Tensor& h) const;
  /// log p(x_i|h_j) of every image x [n, d] under every code h [m, k]: [n, m], its work being one product of matrices.
  /// In float good to about 1e-7 of the largest sum: nats of images to 1e-4.
  Tensor all(const Tensor& x, const Tensor& h) const;

 private:
  Decoder(Map map, double variance) : map_(std::move(map)), variance_(variance) {}
  Tensor outputs(const Tensor& x, const Tensor& h) const;

  Map map_;
  double variance_;  // 0: Bernoulli
};

/// log N(0, 1) of each row of h [n, k]: the prior of a variational autoencoder. Throws unless all numbers are finite.
std::vector<double> log_standard_normal(const Tensor& h);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
