#include <hourglass/metrics/activity.h>

#include <hourglass/tensor/activation.h>
#include <hourglass/tensor/elementwise.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

TEST_CASE("Activity counts what numpy counts") {
  // h = np.maximum(x - 0.3, 0), with x of samples.h; Hoyer's measure of rows and columns that are not all 0
  const metrics::Activity a = metrics::activity(relu(sample_rows(0, 60) - 0.3));
  CHECK(a.mean[1] == Approx(0.3254892587297585).epsilon(1e-12));
  CHECK(a.active[1] == Approx(0.48333333333333334));
  CHECK(a.share_active == Approx(0.4633333333333333));
  CHECK(a.population_sparsity == Approx(0.714095814593403).epsilon(1e-12));
  CHECK(a.lifetime_sparsity == Approx(0.47749058877543266).epsilon(1e-12));
  CHECK(a.dead == 0);
}

TEST_CASE("Sparsity at its ends, dead units left out of it") {
  const Tensor h({2, 3}, {5, 0, 0, -5, 0, 0});
  const metrics::Activity a = metrics::activity(h);
  CHECK(a.dead == 2);
  CHECK(a.active == std::vector<double>{1, 0, 0});
  CHECK(a.mean[0] == 0);
  CHECK(a.population_sparsity == Approx(1));     // one unit is active for an image
  CHECK(std::abs(a.lifetime_sparsity) < 1e-12);  // and does so for all images
  CHECK(metrics::activity(h, 5).dead == 3);
  CHECK(metrics::activity(Tensor::zeros({2, 3})).population_sparsity == 0);
}

TEST_CASE("Active units are those whose mean moves") {
  const Tensor means({4, 3}, {0, 0.09, 5, 1, -0.09, 5, 0, 0.09, 5, 1, -0.09, 5});  // variances 0.25, 0.0081, 0
  CHECK(metrics::unit_variances(means)[0] == Approx(0.25));
  CHECK(metrics::active_units(means) == 1);
  CHECK(metrics::active_units(means, 0.008) == 2);
  CHECK_FAILS(metrics::active_units(Tensor::zeros({3})), "[3] is not a matrix");
  CHECK_FAILS(metrics::hoyer_sparsity(3, 0, 0), "of 3 numbers with a sum of 0 and a sum of squares of 0");
  CHECK_FAILS(metrics::activity(Tensor::zeros({3})), "[3] is not a batch");
}
