#include <hourglass/report/scatter.h>

#include <algorithm>

#include <hourglass/report/canvas.h>
#include <hourglass/report/colors.h>
#include <hourglass/report/range.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

constexpr int margin = 12, title = 40;

}  // namespace

Picture scatter(const Tensor& points, std::span<const int> labels, int width, int height) {
  require(!points.empty() && points.dim() == 2 && points.size(1) == 2 && points.size(0) >= 1,
          "scatter: expected points [n, 2], found ", points.shape());
  require(labels.empty() || points.size(0) == static_cast<Index>(labels.size()), "scatter: ", labels.size(),
          " labels for ", points.shape());
  require(std::all_of(labels.begin(), labels.end(), [](int label) { return label >= 0; }),
          "scatter: a label is below 0");
  Range x, y;
  x.add(points, 0, "scatter"), y.add(points, 1, "scatter");
  const double scale = std::min((width - 2 * margin) / x.length(), (height - margin - title) / y.length());
  Canvas canvas(width, height);
  for (Index i = 0; i < points.size(0); ++i) {
    const double right = static_cast<double>(points.at({i, 0})) - x.middle(),
                 up = static_cast<double>(points.at({i, 1})) - y.middle();
    canvas.dot(width / 2.0 + scale * right, (height + title - margin) / 2.0 - scale * up, 2.5,
               tab10[labels.empty() ? 0 : static_cast<std::size_t>(labels[static_cast<std::size_t>(i)] % 10)]);
  }
  if (labels.empty()) return canvas.picture();
  const int last = std::min(9, *std::max_element(labels.begin(), labels.end()));
  for (int c = 0; c <= last; ++c)
    canvas.text(margin + 24 * c, 8, std::to_string(c), 2, tab10[static_cast<std::size_t>(c)]);
  return canvas.picture();
}

}  // namespace hourglass::HOURGLASS_BUILD::report
