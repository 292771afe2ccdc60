#include <cmath>
#include <limits>

#include <hourglass/metrics/estimate.h>
#include <hourglass/metrics/filters.h>
#include <hourglass/metrics/image_quality.h>
#include <hourglass/metrics/linear_denoiser.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/loss_sums.h>
#include <hourglass/tensor/reduce.h>
#include "tests/check.h"
#include "tests/f64/metrics/samples.h"

using namespace hourglass;
using doctest::Approx;

namespace {

// r = np.arange(14)[:, None]; c = np.arange(16)[None, :]; p = 0.5 + 0.5*np.sin(0.7*r + 0.4*c + 0.05*r*c)
// q = np.clip(p + 0.2*np.sin(3.1*r*r + 1.7*c), 0, 1)
struct Pictures {
  Tensor p{{1, 14 * 16}}, q{{1, 14 * 16}};
  Pictures() {
    for (int r = 0; r < 14; ++r)
      for (int c = 0; c < 16; ++c) {
        const double v = 0.5 + 0.5 * std::sin(0.7 * r + 0.4 * c + 0.05 * r * c);
        p.write_()[r * 16 + c] = v;
        q.write_()[r * 16 + c] = std::min(1.0, std::max(0.0, v + 0.2 * std::sin(3.1 * r * r + 1.7 * c)));
      }
  }
};

}  // namespace

TEST_CASE("PSNR and SSIM are scikit-image's") {
  const Pictures pictures;
  // peak_signal_noise_ratio(p, q, data_range=1); structural_similarity(p, q, data_range=1, gaussian_weights=True,
  // sigma=1.5, use_sample_covariance=False)
  CHECK(metrics::psnr(pictures.q, pictures.p)[0] == Approx(18.187370504776585).epsilon(1e-10));
  CHECK(metrics::ssim(pictures.q, pictures.p, 14, 16)[0] == Approx(0.9358859612632378).epsilon(1e-10));
}

TEST_CASE("PSNR and SSIM in closed form") {
  const Tensor half = Tensor::full({1, 144}, 0.5), quarter = Tensor::full({1, 144}, 0.25);
  CHECK(metrics::psnr(half, quarter)[0] == Approx(20 * std::log10(4)));
  CHECK(metrics::psnr(half, half)[0] == std::numeric_limits<double>::infinity());
  CHECK(metrics::ssim(half, half, 12, 12)[0] == Approx(1));
  // without any contrast only the means speak: (2 · ½ · ¼ + c₁) / (¼ + 1/16 + c₁)
  CHECK(metrics::ssim(half, quarter, 12, 12)[0] == Approx((0.25 + 1e-4) / (0.3125 + 1e-4)));
}

TEST_CASE("Bits per pixel") {
  CHECK(metrics::bits_per_pixel(98, 784) == 1);
  CHECK(metrics::bits_per_pixel_of_nats(105.55, 784) == Approx(0.1942).epsilon(1e-3));  // Townsend et al. 2019
}

TEST_CASE("The local Wiener filter and the median are scipy's") {
  const Tensor q = Pictures().q;
  // w = scipy.signal.wiener(q, 3); w[0,0], w[5,6], w.sum()
  const Tensor w = metrics::local_wiener(q, 14, 16);
  CHECK(w.at({0, 0}) == Approx(0.38938704776083943).epsilon(1e-10));
  CHECK(w.at({0, 5 * 16 + 6}) == Approx(0.7299192996313534).epsilon(1e-10));
  CHECK(sum(w).item() == Approx(105.9629423739066).epsilon(1e-10));
  // w = wiener(q, 5, 0.02); w[5,6], w.sum()
  const Tensor known = metrics::local_wiener(q, 14, 16, 5, 0.02);
  CHECK(known.at({0, 5 * 16 + 6}) == Approx(0.8315293236316854).epsilon(1e-10));
  CHECK(sum(known).item() == Approx(109.37832062862502).epsilon(1e-10));
  // m = scipy.signal.medfilt2d(q, 3); m[0,0], m[5,6], m.sum()
  const Tensor m = metrics::median_filter(q, 14, 16);
  CHECK(m.at({0, 0}) == 0);
  CHECK(m.at({0, 5 * 16 + 6}) == Approx(0.6341755746561727).epsilon(1e-12));
  CHECK(sum(m).item() == Approx(97.53088554773785).epsilon(1e-12));
}

TEST_CASE("The linear denoiser is ordinary least squares") {
  // y = np.clip(x + 0.5*np.sin(5.3*i*i + 2.9*j), -1, 1), with x, i, j of samples.h
  const auto noisy = [](int first, int count) {
    Tensor y = sample_rows(first, count).clone();
    for (int i = 0; i < count; ++i)
      for (int j = 0; j < 5; ++j) y.write_()[i * 5 + j] += 0.5 * std::sin(5.3 * (first + i) * (first + i) + 2.9 * j);
    return clamp(y, -1, 1);
  };
  metrics::LinearDenoiserFit fit;
  fit.add(noisy(0, 25), sample_rows(0, 25));
  fit.add(noisy(25, 15), sample_rows(25, 15));
  const Tensor r = fit.finish().denoise(noisy(40, 20));
  // L = LinearRegression().fit(y[:40], x[:40]); ((L.predict(y[40:]) - x[40:])**2).sum()/20; L.predict(y[40:])[0,0]
  CHECK(squared_difference(r, sample_rows(40, 20)).item() / 20 == Approx(0.5046318343029939).epsilon(1e-9));
  CHECK(r.at({0, 0}) == Approx(-1.2658945673670292).epsilon(1e-9));
}

TEST_CASE("Images: what does not fit is refused") {
  const Tensor x = Tensor::zeros({1, 144}), y = Tensor::zeros({2, 144});
  CHECK_FAILS(metrics::psnr(x, y), "[1, 144] against [2, 144]");
  CHECK_FAILS(metrics::ssim(x, x, 12, 11), "images of 12 × 11 in [1, 144]");
  CHECK_FAILS(metrics::ssim(x, x, 9, 16), "at least 11");
  CHECK_FAILS(metrics::median_filter(x, 12, 12, 4), "a window of 4");
  CHECK_FAILS(metrics::local_wiener(x, 12, 13), "images of 12 × 13 in [1, 144]");
  CHECK_FAILS(metrics::LinearDenoiserFit().finish(), "0 images given");
  CHECK_FAILS(metrics::LinearDenoiserFit().add(x, y), "expected equal shapes");
  CHECK_FAILS(metrics::bits_per_pixel(1, 0), "0 pixels");
}
