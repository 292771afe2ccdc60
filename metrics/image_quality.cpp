#include <hourglass/metrics/image_quality.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <hourglass/metrics/errors.h>
#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

constexpr Index window = 11;

std::array<double, window> window_weights() {
  std::array<double, window> weights{};
  double sum = 0;
  for (Index i = 0; i < window; ++i) {
    const auto away = static_cast<double>(i - window / 2);
    sum += weights[static_cast<std::size_t>(i)] = std::exp(-0.5 * away * away / (1.5 * 1.5));
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

using Numbers = std::vector<double>;

// The weighed mean of a · b in each window inside an image: first along the rows, then along the columns.
Numbers window_means(const Numbers& a, const Numbers* b, Index height, Index width) {
  static const std::array<double, window> weights = window_weights();
  const Index inner_height = height - window + 1, inner_width = width - window + 1;
  Numbers rows(static_cast<std::size_t>(height * inner_width), 0);
  Numbers means(static_cast<std::size_t>(inner_height * inner_width), 0);
  for (Index y = 0; y < height; ++y)
    for (Index k = 0; k < window; ++k)
      for (Index x = 0; x < inner_width; ++x) {
        const auto from = static_cast<std::size_t>(y * width + x + k);
        rows[static_cast<std::size_t>(y * inner_width + x)] +=
            weights[static_cast<std::size_t>(k)] * a[from] * (b ? (*b)[from] : 1.0);
      }
  for (Index y = 0; y < inner_height; ++y)
    for (Index k = 0; k < window; ++k)
      for (Index x = 0; x < inner_width; ++x)
        means[static_cast<std::size_t>(y * inner_width + x)] +=
            weights[static_cast<std::size_t>(k)] * rows[static_cast<std::size_t>((y + k) * inner_width + x)];
  return means;
}

double not_negative(double v) { return v < 0 ? 0 : v; }  // unlike std::max, which takes NaN for 0

// The numbers of an image about its mean, which is taken away from them: without it their variance keeps its digits.
double take_mean(const Scalar* image, Index pixels, Numbers& about) {
  const double mean = std::accumulate(image, image + pixels, 0.0) / static_cast<double>(pixels);
  for (Index i = 0; i < pixels; ++i) about.push_back(double(image[i]) - mean);
  return mean;
}

double ssim_of_image(const Scalar* image_r, const Scalar* image_x, Index height, Index width) {
  constexpr double c1 = 0.01 * 0.01, c2 = 0.03 * 0.03;
  Numbers r, x;
  const double mean_r = take_mean(image_r, height * width, r), mean_x = take_mean(image_x, height * width, x);
  const Numbers means_r = window_means(r, nullptr, height, width), means_x = window_means(x, nullptr, height, width);
  const Numbers squares_r = window_means(r, &r, height, width), squares_x = window_means(x, &x, height, width);
  const Numbers products = window_means(r, &x, height, width);
  double sum = 0;
  for (std::size_t i = 0; i < products.size(); ++i) {
    const double mr = mean_r + means_r[i], mx = mean_x + means_x[i];
    // rounding must not make a variance negative, nor a correlation larger than 1
    const double var_r = not_negative(squares_r[i] - means_r[i] * means_r[i]),
                 var_x = not_negative(squares_x[i] - means_x[i] * means_x[i]), most = std::sqrt(var_r * var_x),
                 covariance = std::clamp(products[i] - means_r[i] * means_x[i], -most, most);
    sum += (2 * mr * mx + c1) * (2 * covariance + c2) / ((mr * mr + mx * mx + c1) * (var_r + var_x + c2));
  }
  return sum / static_cast<double>(products.size());
}

}  // namespace

std::vector<double> psnr(const Tensor& r, const Tensor& x) {
  std::vector<double> result = squared_errors(r, x);
  for (double& v : result) v = -10 * std::log10(v / static_cast<double>(x.size(1)));
  return result;
}

std::vector<double> ssim(const Tensor& r, const Tensor& x, Index height, Index width) {
  require(!r.empty() && r.dim() == 2 && !x.empty() && r.shape() == x.shape(), "ssim: ", r.shape(), " against ",
          x.shape(), ", expected two batches of images [n, pixels] of one shape");
  require(height >= window && width >= window && height * width == r.size(1), "ssim: images of ", height, " × ", width,
          " in ", r.shape(), ", expected sides of at least ", window, " that make up a row");
  require_finite(r, "ssim: r");
  require_finite(x, "ssim: x");
  std::vector<double> result(static_cast<std::size_t>(r.size(0)));
  parallel_for(r.size(0), [&](Index i) {
    result[static_cast<std::size_t>(i)] =
        ssim_of_image(r.data() + i * r.size(1), x.data() + i * r.size(1), height, width);
  });
  for (std::size_t i = 0; i < result.size(); ++i)
    require(std::isfinite(result[i]), "ssim: squares of image ", i, " are beyond the range of numbers");
  return result;
}

double bits_per_pixel(Index bytes, Index pixels) {
  require(bytes >= 0 && pixels >= 1, "bits_per_pixel: ", bytes, " bytes for ", pixels, " pixels");
  return 8 * static_cast<double>(bytes) / static_cast<double>(pixels);
}

double bits_per_pixel_of_nats(double nats_per_image, Index pixels_per_image) {
  require(pixels_per_image >= 1, "bits_per_pixel_of_nats: ", pixels_per_image, " pixels");
  return nats_per_image / static_cast<double>(pixels_per_image) / std::log(2);
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
