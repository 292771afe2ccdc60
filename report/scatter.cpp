#include "report/scatter.h"

#include <algorithm>
#include <cmath>

#include "report/canvas.h"
#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::report {
namespace {

// Ten colours that can be told apart (those of Matplotlib's tab10).
constexpr Color colors[] = {{31, 119, 180}, {255, 127, 14},  {44, 160, 44},   {214, 39, 40},  {148, 103, 189},
                            {140, 86, 75},  {227, 119, 194}, {127, 127, 127}, {188, 189, 34}, {23, 190, 207}};
constexpr int margin = 12, title = 40;

struct Range {
  double low, high;
  double middle() const { return (low + high) / 2; }
  double length() const { return std::max(high - low, 1e-12); }
};

Range range(const Tensor& places, Index column) {
  Range found{static_cast<double>(places.at({0, column})), static_cast<double>(places.at({0, column}))};
  for (Index i = 0; i < places.size(0); ++i) {
    const double value = static_cast<double>(places.at({i, column}));
    require(std::isfinite(value), "scatter: place ", i, " is not finite");
    found = {std::min(found.low, value), std::max(found.high, value)};
  }
  return found;
}

}  // namespace

Picture scatter(const Tensor& places, std::span<const int> labels, int width, int height) {
  require(!places.empty() && places.rank() == 2 && places.size(1) == 2 && places.size(0) >= 1,
          "scatter: expected places [n, 2], found ", places.shape());
  require(places.size(0) == static_cast<Index>(labels.size()), "scatter: ", labels.size(), " labels for ",
          places.shape());
  require(*std::min_element(labels.begin(), labels.end()) >= 0, "scatter: a label is below 0");
  const Range x = range(places, 0), y = range(places, 1);
  const double scale = std::min((width - 2 * margin) / x.length(), (height - margin - title) / y.length());
  Canvas canvas(width, height);
  for (Index i = 0; i < places.size(0); ++i) {
    const double right = static_cast<double>(places.at({i, 0})) - x.middle(),
                 up = static_cast<double>(places.at({i, 1})) - y.middle();
    canvas.dot(width / 2.0 + scale * right, (height + title - margin) / 2.0 - scale * up, 2.5,
               colors[labels[static_cast<std::size_t>(i)] % 10]);
  }
  const int last = std::min(9, *std::max_element(labels.begin(), labels.end()));
  for (int c = 0; c <= last; ++c) canvas.text(margin + 24 * c, 8, std::to_string(c), 2, colors[c]);
  return canvas.picture();
}

}  // namespace hourglass::inline HOURGLASS_BUILD::report
