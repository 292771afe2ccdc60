#pragma once
#include <string>
#include <vector>

#include "report/picture.h"

namespace hourglass::inline HOURGLASS_BUILD::report {

/// One line of a chart. Points that are not finite are left out.
struct Series {
  std::string name;
  std::vector<double> x, y;
};

struct Chart {
  std::string title, x_label, y_label;
  std::vector<Series> series;
  bool log_y = false;

  /// As a picture, for a slide or a text.
  Picture draw(int width = 960, int height = 540) const;
  /// As the configuration of Chart.js, for the page.
  std::string json() const;
};

}  // namespace hourglass::inline HOURGLASS_BUILD::report
