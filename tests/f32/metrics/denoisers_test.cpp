#include <hourglass/metrics/denoisers.h>

#include <cmath>

#include <hourglass/metrics/filters.h>
#include <hourglass/metrics/linear_denoiser.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/random.h>
#include "tests/check.h"

using namespace hourglass;
using namespace hourglass::metrics;

TEST_CASE("a denoiser chooses the setting that serves best where the clean image is known") {
  const Tensor clean({1, 4}, {0.5, 0.5, 0.5, 0.5}), noisy({1, 4}, {0.9f, 0.5, 0.5, 0.5});
  const Denoise leave = [](const Tensor& y) { return y; };
  const Denoise grey = [&](const Tensor&) { return Tensor({1, 4}, {0.5, 0.5, 0.5, 0.6f}); };
  const Denoiser both{"both", {leave, grey}};
  CHECK(&both.best(noisy, clean) == &both.settings[1]);
  CHECK(&both.best(noisy, noisy) == &both.settings[0]);
  CHECK_FAILS((Denoiser{"none", {}}.best(noisy, clean)), "denoiser: none has no setting");
  CHECK(mean_psnr(Tensor({2, 1}, {0.1f, 0.01f}), Tensor({2, 1}, {0, 0})) == doctest::Approx(30).epsilon(1e-4));
}

TEST_CASE("the plain denoisers are the filters and the projection that they are named after") {
  Rng rng(1);
  const Tensor x = rng.uniform({20, 30});  // 5 x 6
  PcaFit fit;
  fit.add(x);
  const Pca pca = fit.finish();
  const std::vector<Denoiser> all = plain_denoisers(pca, 5, 6);
  const auto same = [](const Tensor& a, const Tensor& b) {
    return std::equal(a.values().begin(), a.values().end(), b.values().begin());
  };
  CHECK(all.size() == 4);
  CHECK(same(all[0].settings[0](x), x));
  CHECK(same(all[1].settings[1](x), median_filter(x, 5, 6, 5)));
  CHECK(same(all[2].settings[0](x), local_wiener(x, 5, 6, 3)));
  CHECK(same(all[3].settings[0](x), pca.reconstruct(x, 16)));
  CHECK(same(all[3].settings[2](x), pca.reconstruct(x, 30)));
  CHECK(mean_ssim(Rng(2).uniform({2, 144}), Rng(2).uniform({2, 144}), 12, 12) == doctest::Approx(1));
}

TEST_CASE("Far from 0 the linear denoiser in float is what it is about 0") {
  Rng rng(3);
  const Tensor x = rng.normal({2000, 6}), y = x + rng.normal({2000, 6});
  const auto map = [&](Scalar moved) {
    LinearDenoiserFit fit;
    fit.add(y + moved, x + moved);
    return fit.finish().map;
  };
  const Tensor near = map(0), far = map(1000);
  for (Index i = 0; i < 36; ++i) CHECK(std::abs(far.data()[i] - near.data()[i]) < 1e-3);
}
