#include <hourglass/metrics/errors.h>

#include <cmath>

#include <hourglass/metrics/estimate.h>
#include <hourglass/nn/loss.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

TEST_CASE("What each image costs adds up to the loss, and is known by hand") {
  const Tensor r({2, 2}, {1, 0, 0.5, 0.5}), x({2, 2}, {0, 2, 0.5, 0.5});
  CHECK(metrics::squared_errors(r, x) == std::vector<double>{5, 0});
  // at logit 0 each pixel costs log 2, whatever it is; far out, |z| where it is wrong and nothing where it is right
  const Tensor z({2, 2}, {0, 0, 800, -800}), pixels({2, 2}, {1, 0.3, 0, 0});
  CHECK(metrics::cross_entropies(z, pixels)[0] == Approx(2 * std::log(2)));
  CHECK(metrics::cross_entropies(z, pixels)[1] == Approx(800));
  const Tensor a = sample_rows(0, 30), b = sample_rows(30, 30);
  CHECK(metrics::estimate(metrics::squared_errors(a, b)).mean == Approx(nn::squared_error(a, b).value.item()));
  CHECK(metrics::estimate(metrics::cross_entropies(a, b)).mean ==
        Approx(nn::binary_cross_entropy_with_logits(a, b).value.item()));
  CHECK_FAILS(metrics::squared_errors(a, r), "[30, 5] against [2, 2]");
  CHECK_FAILS(metrics::cross_entropies(r, a), "[2, 2] against [30, 5]");
}

TEST_CASE("what is not explained: 0 for a copy, 1 for the mean image") {
  const Tensor x({2, 2}, {0, 1, 1, 0.5}), mean({2, 2}, {0.5, 0.75, 0.5, 0.75});
  CHECK(metrics::unexplained_share(x, x) == 0);
  CHECK(metrics::unexplained_share(mean, x) == doctest::Approx(1));
  // errors 0.25 in one of four pixels, against 0.25 + 0.25 + 0.0625 + 0.0625
  CHECK(metrics::unexplained_share(Tensor({2, 2}, {0.5, 1, 1, 0.5}), x) == doctest::Approx(0.4));
  // far from 0, where squares leave little of the spread
  const Tensor far({2, 1}, {1e8, 1e8 + 1}), half({2, 1}, {1e8 + 0.5, 1e8 + 1});
  CHECK(metrics::unexplained_share(half, far) == doctest::Approx(0.5));
}

TEST_CASE("where all images are the same nothing is to be explained: no number is made of it") {
  const Tensor alike = Tensor::full({10, 3}, 0.1), one({1, 2}, {0.1, 0.7});
  CHECK_FAILS(metrics::unexplained_share(Tensor::zeros({10, 3}), alike), "all images of [10, 3] are the same");
  CHECK_FAILS(metrics::unexplained_share(Tensor::zeros({1, 2}), one), "all images of [1, 2] are the same");
}
