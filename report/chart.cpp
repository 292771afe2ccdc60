#include <hourglass/report/chart.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include <hourglass/report/gnuplot.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

using Json = nlohmann::ordered_json;

// Okabe & Ito 2008, which colour-blind readers distinguish; ten colours (Matplotlib's tab10) where six are too few.
constexpr const char* okabe_ito[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};
constexpr const char* tab10[] = {"#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd",
                                 "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"};
constexpr int shapes[] = {7, 13, 9, 5, 3, 2};  // gnuplot's: disc, diamond, triangle, square, star, cross

// Whether a number has a place: finite, of a sensible size, and above 0 where the axis is logarithmic.
bool has_place(double value, bool log) { return std::abs(value) <= 1e100 && !(log && value < 1e-100); }

struct Point {
  double x, y;
};

std::vector<Point> points_of(const Chart& chart, const Series& series) {
  require(series.x.size() == series.y.size(), "chart: the series '", series.name, "' has ", series.x.size(), " x and ",
          series.y.size(), " y, expected as many");
  std::vector<Point> points;
  for (std::size_t i = 0; i < series.x.size(); ++i)
    if (has_place(series.x[i], chart.log_x) && has_place(series.y[i], chart.log_y))
      points.push_back({series.x[i], series.y[i]});
  return points;
}

// The numbers along one axis, ascending, each once.
std::vector<double> along(const Chart& chart, double Point::*axis) {
  std::vector<double> all;
  for (const Series& series : chart.series)
    for (const Point& point : points_of(chart, series)) all.push_back(point.*axis);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

bool are_whole(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return v == std::floor(v); });
}

// A linear axis of positive numbers begins at 0 unless that would waste half of it: then a fall from 2 to 1 looks like
// one half.
bool begins_at_zero(const std::vector<double>& values, bool log) {
  return !log && !values.empty() && values.front() > 0 && values.front() < values.back() / 2;
}

// A few numbers on a logarithmic axis (code sizes, say) are its ticks.
bool are_ticks(const std::vector<double>& values, bool log) { return log && values.size() >= 2 && values.size() <= 12; }

std::string number(double value) { return fmt::format("{:.10g}", value); }

Json dataset(const Chart& chart, const Series& series) {
  Json data = Json::array();
  for (const Point& point : points_of(chart, series)) {
    data.push_back({{"x", point.x}, {"y", point.y}});
    // a gap behind each arrow
    if (series.mark == Mark::arrows && data.size() % 3 == 2) data.push_back({{"x", point.x}, {"y", nullptr}});
  }
  Json set = {{"label", series.name}, {"data", data}};
  if (series.mark == Mark::dots) {
    set["showLine"] = false;
    set["pointRadius"] = 2.5;
  }
  if (series.mark == Mark::arrows) set["pointRadius"] = {0, 2.5, 0};  // the head of an arrow is its thick end
  return set;
}

Json axis(const std::string& label, const std::vector<double>& values, bool log) {
  Json json = {{"type", log ? "logarithmic" : "linear"}, {"title", {{"display", true}, {"text", label}}}};
  if (are_whole(values)) json["ticks"]["precision"] = 0;
  if (begins_at_zero(values, log)) json["beginAtZero"] = true;
  if (are_ticks(values, log)) json["at"] = values;
  return json;
}

std::string datablock(const Chart& chart, const Series& series, const std::string& name) {
  const std::vector<Point> points = points_of(chart, series);
  std::string block = name + " << EOD\n";
  if (series.mark == Mark::arrows) {
    for (std::size_t i = 0; i + 1 < points.size(); i += 2)
      block += fmt::format("{} {} {} {}\n", points[i].x, points[i].y, points[i + 1].x - points[i].x,
                           points[i + 1].y - points[i].y);
  } else {
    for (const Point& point : points) block += fmt::format("{} {}\n", point.x, point.y);
  }
  return block + "EOD\n";
}

std::string plot_of(const Series& series, const std::string& block, std::size_t index, bool many) {
  const char* color = many ? tab10[index % 10] : okabe_ito[index % 6];
  const std::string title = " title " + quoted(series.name);
  if (series.mark == Mark::arrows)
    return fmt::format("{} using 1:2:3:4 with vectors filled head size graph 0.012,18 lc rgb '{}' lw 1.2{}", block,
                       color, title);
  const bool line = series.mark == Mark::line;
  const double size = !line ? 0.5 : series.x.size() > 60 ? 0.01 : 0.8;
  return fmt::format("{} using 1:2 with {} lc rgb '{}' lw 2 pt {} ps {}{}", block, line ? "linespoints" : "points",
                     color, line ? shapes[index % 6] : 7, size, title);
}

std::string ticks(char axis, const std::vector<double>& values, bool log) {
  std::string out;
  if (log) out += fmt::format("set logscale {}\n", axis);
  if (begins_at_zero(values, log)) out += fmt::format("set {}range [0:*]\n", axis);
  if (are_ticks(values, log)) {
    for (double value : values) out += (out.ends_with('\n') ? fmt::format("set {}tics (", axis) : ", ") + number(value);
    out += ")\n";
  } else if (!log && are_whole(values) && values.back() - values.front() <= 12) {
    out += fmt::format("set {}tics 1\n", axis);
  }
  return out;
}

void require_places(const char* who, const Tensor& places) {
  require(!places.empty() && places.dim() == 2 && places.size(1) == 2 && places.size(0) >= 1, who,
          ": expected points [n, 2], found ", places.shape());
  for (Index i = 0; i < places.numel(); ++i)
    require(std::isfinite(places.data()[i]), who, ": point ", i / 2, " is not finite");
}

}  // namespace

std::string Chart::json() const {
  Json sets = Json::array();
  for (const Series& one : series) sets.push_back(dataset(*this, one));
  Json x = axis(x_label, along(*this, &Point::x), log_x), y = axis("", along(*this, &Point::y), log_y);
  x["bounds"] = "data";
  y.erase("title");
  // What is measured stands above: upright, it would not fit a telephone.
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

std::string Chart::gnuplot() const {
  const std::vector<double> xs = along(*this, &Point::x), ys = along(*this, &Point::y);
  if (xs.empty()) return "";
  std::string blocks, plots;
  for (std::size_t s = 0; s < series.size(); ++s) {
    if (points_of(*this, series[s]).empty()) continue;
    const std::string block = fmt::format("$series{}", s);
    blocks += datablock(*this, series[s], block);
    plots += (plots.empty() ? "plot " : ", ") + plot_of(series[s], block, s, series.size() > 6);
  }
  return blocks + "set title " + quoted(title) + "\nset xlabel " + quoted(x_label) + "\nset ylabel " + quoted(y_label) +
         "\nset border 3 lc rgb '#505050'\nset tics nomirror\nset grid back lc rgb '#dddddd' lt 1\n"
         "set key outside top center horizontal\nset format '%g'\n" +
         (same_scale ? "set size ratio -1\n" : "") + ticks('x', xs, log_x) + ticks('y', ys, log_y) + plots + "\n";
}

Table Chart::table() const {
  Table table{{x_label}, {}};
  std::map<double, std::vector<std::string>> rows;
  for (std::size_t s = 0; s < series.size(); ++s) {
    table.header.push_back(series[s].name);
    for (const Point& point : points_of(*this, series[s])) {
      if (series[s].mark != Mark::line) continue;
      auto& row = rows[point.x];
      row.resize(series.size());
      row[s] = fmt::format("{:.4g}", point.y);
    }
  }
  for (auto& [x, cells] : rows) {
    table.rows.push_back({number(x)});
    table.rows.back().insert(table.rows.back().end(), cells.begin(), cells.end());
  }
  return table;
}

Chart scatter(const std::string& title, const Tensor& points, std::span<const int> labels, const std::string& name) {
  require_places("scatter", points);
  require(labels.empty() || points.size(0) == static_cast<Index>(labels.size()), "scatter: ", labels.size(),
          " labels for ", points.shape());
  std::map<int, Series> classes;
  for (Index i = 0; i < points.size(0); ++i) {
    const int label = labels.empty() ? 0 : labels[static_cast<std::size_t>(i)];
    require(label >= 0, "scatter: a label is below 0");
    Series& series = classes[label];
    series.x.push_back(static_cast<double>(points.at({i, 0})));
    series.y.push_back(static_cast<double>(points.at({i, 1})));
  }
  Chart chart{title, "first direction", "second direction", {}};
  for (auto& [label, series] : classes) {
    series.name = labels.empty() ? name : std::to_string(label);
    series.mark = Mark::dots;
    chart.series.push_back(std::move(series));
  }
  return chart;
}

Series arrows(const std::string& name, const Tensor& from, const Tensor& to) {
  require_places("arrows", from);
  require_places("arrows", to);
  require(from.shape() == to.shape(), "arrows: from ", from.shape(), " to ", to.shape());
  Series series{name, {}, {}, Mark::arrows};
  for (Index i = 0; i < from.size(0); ++i)
    for (const Tensor* end : {&from, &to}) {
      series.x.push_back(static_cast<double>(end->at({i, 0})));
      series.y.push_back(static_cast<double>(end->at({i, 1})));
    }
  return series;
}

}  // namespace hourglass::HOURGLASS_BUILD::report
