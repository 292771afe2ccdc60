#include <hourglass/metrics/filters.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

void check_images(const char* what, const Tensor& x, Index height, Index width, Index window) {
  require(!x.empty() && x.dim() == 2 && height >= 1 && width >= 1 && height * width == x.size(1), what, ": images of ",
          height, " × ", width, " in ", x.shape());
  require_finite(x, what);
  require(window >= 1 && window % 2 == 1, what, ": a window of ", window, ", expected an odd number");
}

// Calls use(pixel, numbers) with the window × window numbers about each pixel of an image, 0 beyond the edges.
template <class Use>
void each_window(const Scalar* image, Index height, Index width, Index window, const Use& use) {
  std::vector<Scalar> numbers(static_cast<std::size_t>(window * window));
  const Index reach = window / 2;
  for (Index y = 0; y < height; ++y)
    for (Index x = 0; x < width; ++x) {
      auto to = numbers.begin();
      for (Index v = y - reach; v <= y + reach; ++v)
        for (Index u = x - reach; u <= x + reach; ++u)
          *to++ = v >= 0 && v < height && u >= 0 && u < width ? image[v * width + u] : 0;
      use(y * width + x, numbers);
    }
}

}  // namespace

Tensor local_wiener(const Tensor& x, Index height, Index width, Index window, double noise_variance) {
  check_images("local_wiener", x, height, width, window);
  require(!std::isnan(noise_variance), "local_wiener: the noise variance is ", noise_variance);
  Tensor result(x.shape());
  Scalar* to = result.write_();
  const Index pixels = x.size(1);
  parallel_for(x.size(0), [&](Index i) {
    const Scalar* image = x.data() + i * pixels;
    std::vector<double> means(static_cast<std::size_t>(pixels)), variances(static_cast<std::size_t>(pixels));
    double noise = 0;
    each_window(image, height, width, window, [&](Index at, const std::vector<Scalar>& numbers) {
      double sum = 0, squares = 0;
      for (const Scalar v : numbers) sum += double(v);
      const double mean = sum / static_cast<double>(numbers.size());
      for (const Scalar v : numbers) squares += (double(v) - mean) * (double(v) - mean);
      means[static_cast<std::size_t>(at)] = mean;
      variances[static_cast<std::size_t>(at)] = squares / static_cast<double>(numbers.size());
      noise += variances[static_cast<std::size_t>(at)] / static_cast<double>(pixels);
    });
    if (noise_variance >= 0) noise = noise_variance;
    for (Index at = 0; at < pixels; ++at) {
      const double mean = means[static_cast<std::size_t>(at)], variance = variances[static_cast<std::size_t>(at)];
      const double keep = variance > noise ? 1 - noise / variance : 0;
      to[i * pixels + at] = static_cast<Scalar>(mean + keep * (double(image[at]) - mean));
    }
  });
  return result;
}

Tensor median_filter(const Tensor& x, Index height, Index width, Index window) {
  check_images("median_filter", x, height, width, window);
  Tensor result(x.shape());
  Scalar* to = result.write_();
  const Index pixels = x.size(1);
  parallel_for(x.size(0), [&](Index i) {
    each_window(x.data() + i * pixels, height, width, window, [&](Index at, std::vector<Scalar>& numbers) {
      const auto middle = numbers.begin() + static_cast<Index>(numbers.size() / 2);
      std::nth_element(numbers.begin(), middle, numbers.end());
      to[i * pixels + at] = *middle;
    });
  });
  return result;
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
