#include <hourglass/report/arrows.h>

#include <algorithm>

#include <hourglass/report/canvas.h>
#include <hourglass/report/colors.h>
#include <hourglass/report/range.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

constexpr Color blue = okabe_ito[0], orange = okabe_ito[4];
constexpr double margin = 14;

}  // namespace

Picture arrows(const Tensor& from, const Tensor& to, const Tensor& points, int width, int height) {
  Range x, y;
  for (const Tensor* places : {&from, &to, &points}) {
    require(!places->empty() && places->dim() == 2 && places->size(1) == 2, "arrows: expected places [n, 2], found ",
            places->shape());
    x.add(*places, 0, "arrows"), y.add(*places, 1, "arrows");
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
    canvas.line(right(from, i), down(from, i), right(to, i), down(to, i), 0.7, blue);
    canvas.dot(right(to, i), down(to, i), 2.2, blue);
  }
  return canvas.picture();
}

}  // namespace hourglass::HOURGLASS_BUILD::report
