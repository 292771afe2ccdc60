#include <hourglass/metrics/likelihood.h>

#include <limits>
#include <numeric>

#include <hourglass/metrics/grid_likelihood.h>
#include <hourglass/metrics/parzen.h>
#include <hourglass/metrics/probabilistic_pca.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

namespace {

metrics::ProbabilisticPca sample_model() {
  metrics::PcaFit fit;
  fit.add(sample_rows(0, 40));
  return {fit.finish(), 2};
}

// The same model as a decoder, and the posterior that belongs to it: q(h|x) = p(h|x) where `shift` is 0.
// p(h_j|x) = N(√(λ_j - σ²) / λ_j u_j·(x - m), σ² / λ_j)   (Tipping & Bishop 1999, eq. 6)
struct LinearAutoencoder {
  metrics::Pca pca;
  metrics::ProbabilisticPca exact;
  static LinearAutoencoder fitted() {
    metrics::PcaFit fit;
    fit.add(sample_rows(0, 40));
    return {fit.finish(), sample_model()};
  }
  metrics::Decoder decoder() const {
    return metrics::Decoder::gaussian([this](const Tensor& h) { return matmul(h, exact.weights()) + pca.mean; },
                                      exact.noise_variance());
  }
  metrics::Encoder encoder(double shift) const {
    return [this, shift](const Tensor& x) {
      Tensor mean = pca.encode(x, 2), log_variance({x.size(0), 2});
      for (Index i = 0; i < mean.numel(); ++i) {
        const double variance = pca.variances.at({i % 2}), noise = exact.noise_variance();
        mean.write_()[i] = mean.data()[i] * std::sqrt(variance - noise) / variance + shift;
        log_variance.write_()[i] = std::log(noise / variance) + shift;
      }
      return metrics::Posterior{mean, log_variance};
    };
  }
};

metrics::Estimate difference(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> d(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) d[i] = a[i] - b[i];
  return metrics::estimate(d);
}

}  // namespace

TEST_CASE("Probabilistic PCA has the likelihood of its normal distribution") {
  const metrics::ProbabilisticPca model = sample_model();
  // S = np.cov(x[:40].T, bias=True); l, U = its eigenvalues and vectors, the largest first; s2 = l[2:].mean()
  // W = U[:, :2]*np.sqrt(l[:2] - s2); v = scipy.stats.multivariate_normal(m, W@W.T + s2*np.eye(5)).logpdf(x)
  CHECK(model.noise_variance() == Approx(0.4805762506121563).epsilon(1e-12));
  CHECK(model.training_log_likelihood() == Approx(-5.829936754556986).epsilon(1e-12));
  CHECK(metrics::estimate(model.log_likelihood(sample_rows(0, 40))).mean == Approx(-5.829936754556986).epsilon(1e-12));
  CHECK(model.log_likelihood(sample_rows(40, 1))[0] == Approx(-6.926192742409073).epsilon(1e-12));
  CHECK(metrics::estimate(model.log_likelihood(sample_rows(40, 20))).mean == Approx(-5.544811864177943).epsilon(1e-12));
}

TEST_CASE("The grid finds the likelihood of a linear model to eight digits") {
  const LinearAutoencoder linear = LinearAutoencoder::fitted();
  const std::vector<double> exact = linear.exact.log_likelihood(sample_rows(30, 20)),
                            grid = metrics::grid_log_likelihood(sample_rows(30, 20), linear.decoder(), 2);
  for (std::size_t i = 0; i < exact.size(); ++i) CHECK(grid[i] == Approx(exact[i]).epsilon(1e-9));
}

TEST_CASE("With the true posterior both bounds are the likelihood, from one sample") {
  const LinearAutoencoder linear = LinearAutoencoder::fitted();
  const Tensor x = sample_rows(30, 20);
  Rng rng(1);
  const auto bounds = metrics::sampled_log_likelihood(x, linear.encoder(0), linear.decoder(), rng, {.samples = 1});
  const std::vector<double> exact = linear.exact.log_likelihood(x);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    CHECK(bounds.elbo[i] == Approx(exact[i]).epsilon(1e-9));
    CHECK(bounds.importance[i] == Approx(exact[i]).epsilon(1e-9));
  }
}

TEST_CASE("With another posterior: evidence bound < importance estimate <= likelihood, within four standard errors") {
  const LinearAutoencoder linear = LinearAutoencoder::fitted();
  const Tensor x = sample_rows(0, 60);
  Rng rng(2);
  const auto few = metrics::sampled_log_likelihood(x, linear.encoder(0.4), linear.decoder(), rng, {.samples = 20});
  const auto many =
      metrics::sampled_log_likelihood(x, linear.encoder(0.4), linear.decoder(), rng, {.samples = 3000, .rows = 700});
  const std::vector<double> exact = linear.exact.log_likelihood(x);
  for (std::size_t i = 0; i < exact.size(); ++i) CHECK(many.elbo[i] < many.importance[i]);
  // KL(q, p(h|x)) of two normal units: Σ ½ (e^0.4 - 1 - 0.4 + 0.4² / variance)
  const double noise = linear.exact.noise_variance();
  double kl = 0;
  for (Index j = 0; j < 2; ++j) kl += 0.5 * (std::exp(0.4) - 1.4 + 0.16 * linear.pca.variances.at({j}) / noise);
  const metrics::Estimate gap = difference(exact, many.elbo);
  CHECK(std::abs(gap.mean - kl) < 4 * gap.standard_error);
  const metrics::Estimate left = difference(exact, many.importance), before = difference(exact, few.importance);
  CHECK(std::abs(left.mean) < 4 * left.standard_error);
  CHECK(left.standard_error < 0.01);
  CHECK(left.mean < before.mean + 4 * before.standard_error);
  CHECK(before.mean > -4 * before.standard_error);
}

TEST_CASE("A Bernoulli decoder of one and of two units: quadrature by scipy") {
  const Tensor x({1, 3}, {1, 0, 1}), b({3}, {.2, -1, .3}), one({1, 3}, {3, -2, .5}), two({2, 3}, {3, -2, .5, -1, 2, 4});
  const auto decoder = [&](const Tensor& a) {
    return metrics::Decoder::bernoulli([a, b](const Tensor& h) { return matmul(h, a) + b; });
  };
  // p(x|h) = exp(sum(x*z - log1p(exp(z)))), z = h @ a + b; np.log(scipy.integrate.quad / dblquad(p(x|h) * norm.pdf(h)))
  CHECK(metrics::grid_log_likelihood(x, decoder(one), 1)[0] == Approx(-1.2261659347256118).epsilon(1e-8));
  CHECK(metrics::grid_log_likelihood(x, decoder(two), 2)[0] == Approx(-1.7063618132236322).epsilon(1e-8));
  Rng rng(3);
  const auto prior = [](const Tensor& images) {  // h from the prior: an unbiased mean of p(x|h), with a wide spread
    return metrics::Posterior{Tensor::zeros({images.size(0), 1}), Tensor::zeros({images.size(0), 1})};
  };
  const double sampled =
      metrics::sampled_log_likelihood(x, prior, decoder(one), rng, {.samples = 100000}).importance[0];
  CHECK(sampled == Approx(-1.2261659347256118).epsilon(0.01));
}

TEST_CASE("Row by row and all against all, a decoder gives the same") {
  const Tensor x = sample_rows(0, 4), h = sample_rows(4, 4);
  const auto same = [](const Tensor& codes) { return codes; };
  for (const metrics::Decoder& decoder : {metrics::Decoder::bernoulli(same), metrics::Decoder::gaussian(same, 0.3)}) {
    const std::vector<double> each = decoder.each(x, h);
    const Tensor all = decoder.all(x, h);
    for (Index i = 0; i < 4; ++i) CHECK(each[static_cast<std::size_t>(i)] == Approx(all.at({i, i})).epsilon(1e-12));
  }
}

TEST_CASE("The Parzen window is scikit-learn's kernel density") {
  const Tensor x = sample_rows(0, 60);
  const std::vector<double> widths{0.2, 0.5, 1.0};
  const auto found = metrics::parzen_log_likelihood(sample_rows(0, 40), sample_rows(40, 20), widths);
  // v = KernelDensity(bandwidth=w).fit(x[:40]).score_samples(x[40:]); v.mean(), v.std(ddof=1)/20**.5
  CHECK(found[0].mean == Approx(-13.444791401288857).epsilon(1e-10));
  CHECK(found[0].standard_error == Approx(1.1869560494856792).epsilon(1e-9));
  CHECK(found[1].mean == Approx(-6.176910927296188).epsilon(1e-10));
  CHECK(found[2].mean == Approx(-6.680315535908288).epsilon(1e-10));
  // the width of np.logspace(-1, 0, 10) that is best for x[30:45] is used for x[45:]
  const metrics::Parzen chosen = metrics::parzen(sample_rows(0, 30), sample_rows(30, 15), sample_rows(45, 15));
  CHECK(chosen.width == Approx(0.5994842503189409).epsilon(1e-12));
  CHECK(chosen.log_likelihood.mean == Approx(-6.078482662757801).epsilon(1e-10));
}

TEST_CASE("Likelihoods: what does not fit is refused") {
  const Tensor x = sample_rows(0, 2);
  const auto same = [](const Tensor& h) { return h; };
  const metrics::Decoder decoder = metrics::Decoder::bernoulli(same);
  Rng rng(4);
  const auto wrong = [](const Tensor&) { return metrics::Posterior{Tensor::zeros({3, 2}), Tensor::zeros({3, 2})}; };
  CHECK_FAILS(metrics::sampled_log_likelihood(x, wrong, decoder, rng), "posterior means [3, 2]");
  CHECK_FAILS(metrics::sampled_log_likelihood(x, wrong, decoder, rng, {.samples = 0}), "0 samples");
  CHECK_FAILS(metrics::grid_log_likelihood(x, decoder, 3), "3 units, expected 1 or 2");
  CHECK_FAILS(metrics::grid_log_likelihood(x, decoder, 2), "outputs [1024, 2] of codes [1024, 2] for images [2, 5]");
  CHECK_FAILS(metrics::Decoder::gaussian(same, 0), "variance 0");
  CHECK_FAILS(metrics::parzen_log_likelihood(x, x, std::vector{0.0}), "width 0");
  CHECK_FAILS(metrics::ProbabilisticPca(LinearAutoencoder::fitted().pca, 5), "5 units for 5 pixels");
}

TEST_CASE("A decoder that gives NaN is not hidden in a sum") {
  const auto broken = [](const Tensor& h) { return Tensor::full(h.shape(), std::numeric_limits<Scalar>::quiet_NaN()); };
  const metrics::Decoder decoder = metrics::Decoder::bernoulli(broken);
  CHECK_FAILS(metrics::grid_log_likelihood(Tensor::zeros({1, 2}), decoder, 2, {.points = 5}),
              "decoder: outputs: row 0, column 0 of [25, 2] is nan");
}

TEST_CASE("A Parzen window refuses samples that are not numbers") {
  Tensor broken = sample_rows(0, 4);
  for (const Scalar bad : {std::numeric_limits<Scalar>::quiet_NaN(), std::numeric_limits<Scalar>::infinity()}) {
    broken.write_()[3 * 5] = bad;
    CHECK_FAILS(metrics::parzen(broken, sample_rows(4, 5), sample_rows(9, 5)), "parzen: row 3, column ");
  }
}
