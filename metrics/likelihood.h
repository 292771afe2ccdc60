#pragma once
#include <functional>
#include <vector>

#include <hourglass/metrics/decoder.h>
#include <hourglass/metrics/estimate.h>
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// q(h|x): a normal distribution for each image, its units independent.
struct Posterior {
  Tensor mean, log_variance;  ///< [n, k] each
};
using Encoder = std::function<Posterior(const Tensor& x)>;

/// Two lower bounds of log p(x) in nats, image by image, from the same samples: their means keep the order
/// elbo <= importance <= log p(x), the first always, the second in expectation.
struct LikelihoodBounds {
  std::vector<double> elbo, importance;  ///< [n] each
};

/// How many codes are drawn for an image, and how many are decoded at once.
struct SamplingOptions {
  Index samples = 5000;  ///< K: as many as in Burda et al. 2016
  Index rows = 4096;     ///< codes decoded at a time
};

/// Samples h_1 … h_K from q(h|x) and weighs them by  w = p(x|h) p(h) / q(h|x),  p(h) being N(0, 1):
///   elbo = 1/K Σ log w (Kingma & Welling 2014),   importance = log 1/K Σ w (Burda et al. 2016, eq. 8).
/// Throws when K is below 1, the shapes do not fit, or numbers of images, posteriors or outputs are not finite.
LikelihoodBounds sampled_log_likelihood(const Tensor& x, const Encoder& encoder, const Decoder& decoder, Rng& rng,
                                        const SamplingOptions& options = {});

}  // namespace hourglass::HOURGLASS_BUILD::metrics
