#pragma once
#include <string>
#include <vector>

#include <hourglass/report/picture.h>
#include <hourglass/report/table.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// One line of a chart. Points that are not finite are left out; the line goes on to the next.
struct Series {
  std::string name;
  std::vector<double> x, y;
};

/// Lines over x. All that shows one throws, naming the series, unless each has as many x as y.
struct Chart {
  std::string title, x_label, y_label;
  std::vector<Series> series;
  bool log_y = false, log_x = false;

  /// As a picture, for a slide or a text.
  Picture draw(int width = 960, int height = 540) const;
  /// As the configuration of Chart.js; the page adds the colours.
  std::string json() const;
  /// Its numbers, a row for each x, to four digits.
  Table table() const;
};

}  // namespace hourglass::HOURGLASS_BUILD::report
