#include <hourglass/report/chart.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include <hourglass/report/axis.h>
#include <hourglass/report/canvas.h>
#include <hourglass/report/colors.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

constexpr Color ink{40, 40, 40}, soft{110, 110, 110}, faint{225, 225, 225};
constexpr int letter = 2;  // the size of the text

struct Axes {
  Axis x, y;
  bool shows(const Series& line, std::size_t i) const { return x.shows(line.x[i]) && y.shows(line.y[i]); }
};

Axes axes_of(const Chart& chart) {
  std::vector<double> xs, ys;
  for (const Series& line : chart.series) {
    require(line.x.size() == line.y.size(), "chart: the series '", line.name, "' has ", line.x.size(), " x and ",
            line.y.size(), " y, expected as many");
    xs.insert(xs.end(), line.x.begin(), line.x.end());
    ys.insert(ys.end(), line.y.begin(), line.y.end());
  }
  Axes axes{Axis(xs, chart.log_x), Axis(ys, chart.log_y)};
  axes.y.begin_at_zero();
  return axes;
}

// Where the axes stand on the sheet.
struct Frame {
  double left, right, top, bottom;
  double x(double place) const { return left + place * (right - left); }
  double y(double place) const { return bottom - place * (bottom - top); }
};

void draw_axes(Canvas& canvas, const Frame& frame, const Axes& axes) {
  for (double tick : axes.y.ticks(6)) {
    const double y = frame.y(axes.y.place(tick));
    const std::string label = tick_label(tick);
    canvas.line(frame.left, y, frame.right, y, 0.4, faint);
    canvas.text(frame.left - 10 - Canvas::text_width(label, letter), y - 8, label, letter, ink);
  }
  for (double tick : axes.x.ticks(8)) {
    const std::string label = tick_label(tick);
    canvas.text(frame.x(axes.x.place(tick)) - Canvas::text_width(label, letter) / 2.0, frame.bottom + 10, label, letter,
                ink);
  }
  canvas.line(frame.left, frame.bottom, frame.right, frame.bottom, 0.7, ink);
  canvas.line(frame.left, frame.top, frame.left, frame.bottom, 0.7, ink);
}

// The names in the colours of their lines, in as many rows as they need. Returns where the next row begins.
double draw_legend(Canvas& canvas, const std::vector<Series>& series, double left, double right, double y) {
  double x = left;
  for (std::size_t s = 0; s < series.size(); ++s) {
    const int width = Canvas::text_width(series[s].name, letter);
    if (x > left && x + width > right) {
      x = left;
      y += 28;
    }
    canvas.text(x, y, series[s].name, letter, okabe_ito[s % okabe_ito.size()]);
    x += width + 28;
  }
  return series.empty() ? y : y + 28;
}

void draw_line(Canvas& canvas, const Frame& frame, const Axes& axes, const Series& line, Color color) {
  bool drawn = false;
  double before_x = 0, before_y = 0;
  for (std::size_t i = 0; i < line.x.size(); ++i) {
    if (!axes.shows(line, i)) continue;
    const double x = frame.x(axes.x.place(line.x[i])), y = frame.y(axes.y.place(line.y[i]));
    canvas.dot(x, y, 3, color);
    if (drawn) canvas.line(before_x, before_y, x, y, 1.2, color);
    before_x = x;
    before_y = y;
    drawn = true;
  }
}

}  // namespace

Picture Chart::draw(int width, int height) const {
  Canvas canvas(width, height);
  const Axes axes = axes_of(*this);
  int labels = 0;
  for (double tick : axes.y.ticks(6)) labels = std::max(labels, Canvas::text_width(tick_label(tick), letter));
  const double left = labels + 30, right = width - 40, bottom = height - 80;
  double top = 8;
  canvas.text(left, top, title, letter, ink);
  top = draw_legend(canvas, series, left, right, top + 28);
  canvas.text(left, top, y_label, letter, soft);
  const Frame frame{left, right, top + 30, bottom};
  draw_axes(canvas, frame, axes);
  canvas.text((left + right - Canvas::text_width(x_label, letter)) / 2, bottom + 40, x_label, letter, ink);
  for (std::size_t s = 0; s < series.size(); ++s)
    draw_line(canvas, frame, axes, series[s], okabe_ito[s % okabe_ito.size()]);
  return canvas.picture();
}

std::string Chart::json() const {
  using Json = nlohmann::ordered_json;
  const Axes axes = axes_of(*this);
  Json sets = Json::array();
  for (const Series& line : series) {
    Json points = Json::array();
    for (std::size_t i = 0; i < line.x.size(); ++i)
      if (axes.shows(line, i)) points.push_back({{"x", line.x[i]}, {"y", line.y[i]}});
    sets.push_back({{"label", line.name}, {"data", points}});
  }
  Json x = {{"type", log_x ? "logarithmic" : "linear"}, {"min", axes.x.low()}, {"max", axes.x.high()}},
       y = {{"type", log_y ? "logarithmic" : "linear"}};
  x["title"] = {{"display", true}, {"text", x_label}};
  if (axes.x.whole()) x["ticks"]["precision"] = 0;
  if (axes.y.low() == 0) y["beginAtZero"] = true;
  // What is measured stands above, as in the picture: upright, it would not fit a telephone.
  const Json measured = {{"display", true}, {"text", y_label}, {"align", "start"}, {"font", {{"weight", "normal"}}}};
  const Json config = {{"type", "line"},
                       {"data", {{"datasets", sets}}},
                       {"options",
                        {{"animation", false},
                         {"responsive", true},
                         {"maintainAspectRatio", false},
                         {"interaction", {{"mode", "nearest"}, {"axis", "x"}, {"intersect", false}}},
                         {"plugins", {{"title", measured}, {"legend", {{"position", "bottom"}}}}},
                         {"scales", {{"x", x}, {"y", y}}}}}};
  return config.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Table Chart::table() const {
  const Axes axes = axes_of(*this);
  Table table{{x_label}, {}};
  std::map<double, std::vector<std::string>> rows;
  for (std::size_t s = 0; s < series.size(); ++s) {
    table.header.push_back(series[s].name);
    for (std::size_t i = 0; i < series[s].x.size(); ++i) {
      if (!axes.shows(series[s], i)) continue;
      auto& row = rows[series[s].x[i]];
      row.resize(series.size());
      row[s] = fmt::format("{:.4g}", series[s].y[i]);
    }
  }
  for (auto& [x, cells] : rows) {
    table.rows.push_back({tick_label(x)});
    table.rows.back().insert(table.rows.back().end(), cells.begin(), cells.end());
  }
  return table;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
