#pragma once
#include <span>
#include <string>
#include <vector>

#include <hourglass/report/table.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// How the points of a series are drawn: joined by a line; each by itself; or by pairs, an arrow from the first to the
/// second.
enum class Mark { line, dots, arrows };

/// One line of a chart. Points that are not finite are left out; the line goes on to the next.
struct Series {
  std::string name;
  std::vector<double> x, y;
  Mark mark = Mark::line;
};

/// Series in one pair of axes. All that shows it throws, naming the series, unless each has as many x as y.
struct Chart {
  std::string title, x_label, y_label;
  std::vector<Series> series;
  bool log_y = false, log_x = false;
  bool same_scale = false;  ///< a unit is as long to the right as upwards

  /// As the configuration of Chart.js; the page adds the colours.
  std::string json() const;
  /// As commands for gnuplot, which has been given a terminal (report/gnuplot.h). Empty where there is no point to
  /// draw.
  std::string gnuplot() const;
  /// Its numbers, a row for each x, to four digits. Of lines alone: the places of dots and arrows are no table.
  Table table() const;
};

/// Points in the plane: a dot for each row (right, up) of `points` [n, 2], a series for each label; without labels one
/// series, `name`. Throws unless `points` are finite numbers [n, 2] with a label, at least 0, for each row or for none.
Chart scatter(const std::string& title, const Tensor& points, std::span<const int> labels,
              const std::string& name = "images");

/// A field of arrows in the plane, from each row of `from` [n, 2] (right, up) to the same row of `to`, as a series of
/// this name. Throws unless the shapes are such and all numbers finite.
Series arrows(const std::string& name, const Tensor& from, const Tensor& to);

}  // namespace hourglass::HOURGLASS_BUILD::report
