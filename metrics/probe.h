#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include <hourglass/autograd/variable.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// Each column moved to mean 0 and divided by its standard deviation, both those of the rows it was made from; a
/// column that never changes there is only moved.
class Standardizer {
 public:
  Standardizer() = default;
  /// Throws unless x is a matrix [n, d] of finite numbers.
  explicit Standardizer(const Tensor& x);
  /// (x - mean) / deviation for rows x [n, d]. Throws on another d.
  Tensor apply(const Tensor& x) const;

  Tensor mean, deviation;  ///< [d]

 private:
  std::vector<double> means_;  // not rounded: see `centered`
};

/// How a LogisticProbe is trained.
struct ProbeOptions {
  Number l2 = 1e-4;  ///< the λ of ½ λ ‖W‖²
  Number learning_rate = 0.02;
  int epochs = 20;
  Index batch = 500;
  std::uint64_t seed = 1;
};

/// What a linear map can read out of features that are given: multinomial logistic regression on standardised
/// features,  min  mean cross-entropy(x Wᵀ + b) + ½ λ ‖W‖²  (Alain & Bengio 2016 call it a probe). Trained by Adam, its
/// rate falling to 0 along a cosine; the same seed gives the same probe.
class LogisticProbe {
 public:
  /// Fits features x [n, d] to labels 0 … classes-1. Throws when the numbers do not match or a label lies outside.
  LogisticProbe(const Tensor& x, std::span<const int> labels, int classes, const ProbeOptions& options = {});

  /// log p(class | x): [n, classes].
  Tensor log_probabilities(const Tensor& x) const;
  /// The likeliest class of each row.
  std::vector<int> predict(const Tensor& x) const;
  /// The share of rows whose label is predicted. Throws unless there is a label for each.
  double accuracy(const Tensor& x, std::span<const int> labels) const;

  Standardizer standardizer;
  Variable weight, bias;  ///< [classes, d] and [classes], for standardised features
};

}  // namespace hourglass::HOURGLASS_BUILD::metrics
