#include <hourglass/metrics/intrinsic_dimension.h>

#include <cmath>

#include <hourglass/tensor/product.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

TEST_CASE("The intrinsic dimension is that of the formula, and of the space that points fill") {
  // d = NearestNeighbors(n_neighbors=9).fit(x).kneighbors(x)[0][:, 1:], with x of samples.h
  // 1/np.mean(np.log(d[:, -1:]/d[:, :-1]).sum(1)/7)
  CHECK(metrics::intrinsic_dimension(metrics::nearest_others(sample_rows(0, 60), 8)) ==
        Approx(4.838409318684791).epsilon(1e-9));
  Rng rng(1);
  for (const Index m : {1, 2, 3}) {  // m numbers, spread over 20 by a matrix
    const Tensor x = matmul(rng.uniform({2000, m}), rng.normal({m, 20}));
    CHECK(metrics::intrinsic_dimension(metrics::nearest_others(x, 10)) == Approx(static_cast<double>(m)).epsilon(0.1));
  }
}

TEST_CASE("Points that coincide are left out, the others are not") {
  // of 0, 0, 1, 3: the third has distances 1, 1 (log 1 = 0), the fourth 2, 3 (log 1.5)
  const Tensor x({4, 1}, {0, 0, 1, 3});
  CHECK(metrics::intrinsic_dimension(metrics::nearest_others(x, 2)) == Approx(2 / std::log(1.5)));
}

TEST_CASE("No dimension without distances") {
  const Tensor x = Tensor::full({6, 2}, 1);
  CHECK_FAILS(metrics::intrinsic_dimension(metrics::nearest_others(x, 4)), "coincide");
  CHECK_FAILS(metrics::intrinsic_dimension(metrics::nearest_others(x, 1)), "1 neighbours");
}
