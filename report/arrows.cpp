#include "report/arrows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/canvas.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::report {
namespace {

constexpr Color ink{0, 114, 178}, orange{230, 159, 0};  // Okabe & Ito 2008
constexpr double margin = 14;

// Where the numbers of one column lie, in all three tensors.
struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  void add(const Tensor& places, Index column) {
    for (Index i = 0; i < places.size(0); ++i) {
      const double value = static_cast<double>(places.at({i, column}));
      require(std::isfinite(value), "arrows: a place is not finite");
      low = std::min(low, value), high = std::max(high, value);
    }
  }
  double middle() const { return (low + high) / 2; }
  double length() const { return std::max(high - low, 1e-12); }
};

}  // namespace

Picture arrows(const Tensor& from, const Tensor& to, const Tensor& points, int width, int height) {
  Range x, y;
  for (const Tensor* places : {&from, &to, &points}) {
    require(!places->empty() && places->rank() == 2 && places->size(1) == 2, "arrows: expected places [n, 2], found ",
            places->shape());
    x.add(*places, 0), y.add(*places, 1);
  }
  require(from.shape() == to.shape(), "arrows: from ", from.shape(), " to ", to.shape());
  const double scale = std::min((width - 2 * margin) / x.length(), (height - 2 * margin) / y.length());
  const auto right = [&](const Tensor& p, Index i) {
    return width / 2.0 + scale * (static_cast<double>(p.at({i, 0})) - x.middle());
  };
  const auto down = [&](const Tensor& p, Index i) {
    return height / 2.0 - scale * (static_cast<double>(p.at({i, 1})) - y.middle());
  };
  Canvas canvas(width, height);
  for (Index i = 0; i < points.size(0); ++i) canvas.dot(right(points, i), down(points, i), 3, orange);
  for (Index i = 0; i < from.size(0); ++i) {
    canvas.line(right(from, i), down(from, i), right(to, i), down(to, i), 0.7, ink);
    canvas.dot(right(to, i), down(to, i), 2.2, ink);
  }
  return canvas.picture();
}

}  // namespace hourglass::inline HOURGLASS_BUILD::report
