#include <hourglass/metrics/likelihood.h>

#include <algorithm>
#include <cmath>

#include <hourglass/autograd/grad_mode.h>
#include <hourglass/autograd/variable.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

// Each row `times` times, one copy behind the other.
Tensor repeat_rows(const Tensor& x, Index times) {
  Tensor y({x.size(0) * times, x.size(1)});
  Scalar* to = y.write_();
  for (Index i = 0; i < x.size(0); ++i)
    for (Index t = 0; t < times; ++t) to = std::copy_n(x.data() + i * x.size(1), x.size(1), to);
  return y;
}

// h = μ + σ ε for each row, and log N(h; 0, 1) - log q(h|x) = ½ Σ (ε² + log σ² - h²).
Tensor sample(const Posterior& q, Index times, Rng& rng, std::vector<double>& log_ratios) {
  const Index n = q.mean.size(0) * times, k = q.mean.size(1);
  const Tensor deviation = exp(0.5 * q.log_variance);
  Tensor h = rng.normal({n, k});
  Scalar* codes = h.write_();
  log_ratios.assign(static_cast<std::size_t>(n), 0);
  parallel_chunks(n, 64, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i) {
      const Scalar *mean = q.mean.data() + i / times * k, *s = q.log_variance.data() + i / times * k;
      double sum = 0;
      for (Index j = 0; j < k; ++j) {
        Scalar& code = codes[i * k + j];
        const double epsilon = code;
        code = mean[j] + deviation.data()[i / times * k + j] * code;
        sum += epsilon * epsilon + double(s[j]) - double(code) * double(code);
      }
      log_ratios[static_cast<std::size_t>(i)] = sum / 2;
    }
  });
  return h;
}

// The weights of `times` samples for each of the images x, whose posterior is q.
void add_samples(const Tensor& x, const Posterior& q, const Decoder& decoder, Index times, Rng& rng,
                 std::span<double> log_sums, std::span<LogSum> sums) {
  std::vector<double> log_ratios;
  const Tensor h = sample(q, times, rng, log_ratios);
  const std::vector<double> log_p = decoder.each(repeat_rows(x, times), h);
  for (std::size_t i = 0; i < log_p.size(); ++i) {
    const double log_weight = log_p[i] + log_ratios[i];
    log_sums[i / static_cast<std::size_t>(times)] += log_weight;
    sums[i / static_cast<std::size_t>(times)].add(log_weight);
  }
}

}  // namespace

LikelihoodBounds sampled_log_likelihood(const Tensor& x, const Encoder& encoder, const Decoder& decoder, Rng& rng,
                                        const SamplingOptions& options) {
  require(!x.empty() && x.dim() == 2, "likelihood: ", x.shape(), " is not a batch of images [n, d]");
  require(options.samples >= 1 && options.rows >= 1, "likelihood: ", options.samples, " samples, ", options.rows,
          " rows at a time, both must be at least 1");
  const NoGrad no_grad;
  LikelihoodBounds bounds;
  const Index times = std::min(options.samples, options.rows), images = std::max<Index>(1, options.rows / times);
  for (Index first = 0; first < x.size(0); first += images) {
    const Tensor part = narrow(x, 0, first, std::min(images, x.size(0) - first));
    const Posterior q = encoder(part);
    require(q.mean.shape() == q.log_variance.shape() && q.mean.dim() == 2 && q.mean.size(0) == part.size(0),
            "likelihood: posterior means ", q.mean.shape(), " and log-variances ", q.log_variance.shape(),
            " for images ", part.shape());
    require_finite(q.mean, "likelihood: posterior means");
    require_finite(q.log_variance, "likelihood: posterior log-variances");
    std::vector<double> log_sums(static_cast<std::size_t>(part.size(0)), 0);
    std::vector<LogSum> sums(log_sums.size());
    for (Index done = 0; done < options.samples; done += times)
      add_samples(part, q, decoder, std::min(times, options.samples - done), rng, log_sums, sums);
    const auto count = static_cast<double>(options.samples);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      bounds.elbo.push_back(log_sums[i] / count);
      bounds.importance.push_back(sums[i].value() - std::log(count));
    }
  }
  return bounds;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
