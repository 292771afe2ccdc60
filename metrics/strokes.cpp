#include <hourglass/metrics/strokes.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

#include <hourglass/tensor/distances.h>
#include <hourglass/tensor/error.h>
#include <hourglass/tensor/parallel.h>

namespace hourglass::HOURGLASS_BUILD::metrics {
namespace {

std::vector<double> each_image(const char* what, const Tensor& x, Index height, Index width,
                               const std::function<double(const Scalar* image)>& measure) {
  require(!x.empty() && x.dim() == 2 && height >= 1 && width >= 1 && height * width == x.size(1), what, ": images of ",
          height, " × ", width, " in ", x.shape());
  require_finite(x, what);
  std::vector<double> result(static_cast<std::size_t>(x.size(0)));
  parallel_chunks(x.size(0), 64, [&](Index first, Index last) {
    for (Index i = first; i < last; ++i) result[static_cast<std::size_t>(i)] = measure(x.data() + i * x.size(1));
  });
  for (std::size_t i = 0; i < result.size(); ++i)
    require(!std::isnan(result[i]), what, ": sums of image ", i, " are beyond the range of numbers");
  return result;
}

// Σ ink, Σ ink u, Σ ink v, Σ ink u v, Σ ink v²
struct Moments {
  double ink = 0, u = 0, v = 0, uv = 0, vv = 0;
  Moments(const Scalar* image, Index height, Index width) {
    for (Index y = 0; y < height; ++y)
      for (Index x = 0; x < width; ++x) {
        const double amount = image[y * width + x], right = static_cast<double>(x), down = static_cast<double>(y);
        ink += amount;
        u += amount * right;
        v += amount * down;
        uv += amount * right * down;
        vv += amount * down * down;
      }
  }
};

double contour_length(const Scalar* image, Index height, Index width) {
  const auto at = [=](Index y, Index x) {
    return y >= 0 && y < height && x >= 0 && x < width ? static_cast<double>(image[y * width + x]) : 0.0;
  };
  double length = 0;
  for (Index y = -1; y < height; ++y)
    for (Index x = -1; x < width; ++x) length += std::hypot(at(y, x + 1) - at(y, x), at(y + 1, x) - at(y, x));
  return length;
}

}  // namespace

std::vector<double> slants(const Tensor& x, Index height, Index width) {
  return each_image("slants", x, height, width, [=](const Scalar* image) {
    const Moments m(image, height, width);
    if (m.ink <= 0) return 0.0;
    const double along = m.uv / m.ink - m.u / m.ink * (m.v / m.ink), down = m.vv / m.ink - m.v / m.ink * (m.v / m.ink);
    return down > 1e-9 ? std::atan(-along / down) * 180 / std::numbers::pi : 0.0;
  });
}

std::vector<double> contour_lengths(const Tensor& x, Index height, Index width) {
  return each_image("contour_lengths", x, height, width,
                    [=](const Scalar* image) { return contour_length(image, height, width); });
}

std::vector<double> stroke_widths(const Tensor& x, Index height, Index width) {
  return each_image("stroke_widths", x, height, width, [=](const Scalar* image) {
    const double length = contour_length(image, height, width),
                 ink = std::accumulate(image, image + height * width, 0.0);
    return length > 0 ? 2 * ink / length : 0.0;
  });
}

}  // namespace hourglass::HOURGLASS_BUILD::metrics
