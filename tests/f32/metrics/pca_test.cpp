#include <hourglass/metrics/pca.h>

#include <hourglass/data/mnist.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/layout.h>
#include <hourglass/tensor/loss_sums.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;

TEST_CASE("PCA of MNIST costs what Hinton and Salakhutdinov printed: the metric is settled") {
  const data::Dataset digits = data::mnist();
  metrics::PcaFit fit;
  for (Index first = 0; first < digits.train.count; first += 5000) fit.add(digits.train.slice(first, 5000).tensor());
  const metrics::Pca pca = fit.finish();
  const Tensor x = digits.test.tensor();
  const auto error = [&](Index k) {
    return static_cast<double>(squared_difference(pca.reconstruct(x, k), x).item()) / 10000;
  };
  CHECK(std::abs(error(30) - 13.866) < 0.002);  // figure 2: 13.87
  CHECK(std::abs(error(32) - 13.193) < 0.002);
  CHECK(std::abs(error(2) - 43.645) < 0.005);
  CHECK(std::abs(error(64) - 7.093) < 0.002);
  CHECK_FAILS(pca.encode(x, 785), "785 components of 784");
  CHECK_FAILS(pca.encode(x, 0), "0 components");
  CHECK_FAILS(metrics::PcaFit().finish(), "0 images given");
}

TEST_CASE("Far from 0 the variances in float are what they are about 0") {
  const auto fitted = [](const Tensor& x) {
    metrics::PcaFit fit;
    fit.add(narrow(x, 0, 0, 300));
    fit.add(narrow(x, 0, 300, 1700));
    return fit.finish();
  };
  const Tensor x = Rng(1).normal({2000, 8});
  const metrics::Pca near = fitted(x), far = fitted(x + 1000);
  for (Index i = 0; i < 8; ++i) {
    CHECK(far.variances.at({i}) == doctest::Approx(near.variances.at({i})).epsilon(1e-3));
    CHECK(far.mean.at({i}) == doctest::Approx(1000 + near.mean.at({i})).epsilon(1e-6));
  }
}
