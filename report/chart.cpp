#include "report/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#define STB_EASY_FONT_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_easy_font.h>
#pragma GCC diagnostic pop

namespace hourglass::inline HOURGLASS_BUILD::report {
namespace {

using Color = std::array<std::uint8_t, 3>;

// Okabe & Ito 2008: told apart by colour-blind readers too.
constexpr std::array<Color, 6> colors{
    {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}}};
constexpr Color ink{40, 40, 40}, soft{110, 110, 110}, faint{225, 225, 225};

struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void take(double v) {
    low = std::min(low, v);
    high = std::max(high, v);
  }
};

// Drawn three times as large and averaged down: smooth lines without any cleverness.
class Canvas {
 public:
  static constexpr int fine = 3;
  Canvas(int width, int height) : big_(width * fine, height * fine, 255) {}

  void dot(double x, double y, double radius, Color color) {
    const int r = static_cast<int>(std::ceil(radius * fine)), cx = static_cast<int>(x * fine),
              cy = static_cast<int>(y * fine);
    for (int dy = -r; dy <= r; ++dy)
      for (int dx = -r; dx <= r; ++dx)
        if (dx * dx + dy * dy <= radius * fine * radius * fine) set(cx + dx, cy + dy, color);
  }

  void line(double x0, double y0, double x1, double y1, double radius, Color color) {
    const int steps = 1 + static_cast<int>(std::hypot(x1 - x0, y1 - y0) * fine);
    for (int i = 0; i <= steps; ++i) dot(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps, radius, color);
  }

  static int text_width(const std::string& text, int size) {
    return stb_easy_font_width(const_cast<char*>(text.c_str())) * size;
  }

  void text(double x, double y, const std::string& text, int size, Color color) {
    struct Vertex {
      float x, y, z;
      std::uint8_t color[4];
    };
    std::vector<Vertex> corners(64 * text.size() + 64);
    const int quads = stb_easy_font_print(0, 0, const_cast<char*>(text.c_str()), nullptr, corners.data(),
                                          static_cast<int>(corners.size() * sizeof(Vertex)));
    for (int q = 0; q < quads; ++q) {
      const Vertex &a = corners[static_cast<std::size_t>(4 * q)], &b = corners[static_cast<std::size_t>(4 * q + 2)];
      const auto at = [&](float v, double start) {
        return static_cast<int>((start + static_cast<double>(v) * size) * fine);
      };
      for (int py = at(a.y, y); py < at(b.y, y); ++py)
        for (int px = at(a.x, x); px < at(b.x, x); ++px) set(px, py, color);
    }
  }

  Picture picture() {
    Picture small(big_.width / fine, big_.height / fine, 255);
    for (int y = 0; y < small.height; ++y)
      for (int x = 0; x < small.width; ++x)
        for (int c = 0; c < 3; ++c) {
          int sum = 0;
          for (int i = 0; i < fine * fine; ++i) sum += big_.at(x * fine + i % fine, y * fine + i / fine)[c];
          small.at(x, y)[c] = static_cast<std::uint8_t>(sum / (fine * fine));
        }
    return small;
  }

 private:
  void set(int x, int y, Color color) {
    if (x >= 0 && y >= 0 && x < big_.width && y < big_.height) std::copy(color.begin(), color.end(), big_.at(x, y));
  }
  Picture big_;
};

// 1, 2 or 5 times a power of ten, such that about `wanted` of them fit.
double tick_step(const Range& range, int wanted) {
  const double rough = (range.high - range.low) / wanted, power = std::pow(10.0, std::floor(std::log10(rough)));
  for (double factor : {1.0, 2.0, 5.0})
    if (power * factor >= rough) return power * factor;
  return power * 10;
}

// The range of what is drawn, never empty.
Range range_of(const Chart& chart, bool of_y) {
  Range range;
  for (const Series& series : chart.series)
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      const double v = of_y ? series.y[i] : series.x[i];
      if (std::isfinite(v) && !(of_y && chart.log_y && v <= 0)) range.take(of_y && chart.log_y ? std::log10(v) : v);
    }
  if (!(range.low <= range.high)) return {0, 1};
  if (range.low == range.high) return {range.low - 0.5, range.high + 0.5};
  return range;
}

}  // namespace

Picture Chart::draw(int width, int height) const {
  Canvas canvas(width, height);
  const double left = 90, right = width - 30, top = 60, bottom = height - 80;
  const Range xs = range_of(*this, false);
  Range ys = range_of(*this, true);
  if (!log_y && ys.low > 0 && ys.low < ys.high / 2) ys.low = 0;  // a scale that starts at nothing does not exaggerate
  const auto px = [&](double x) { return left + (x - xs.low) / (xs.high - xs.low) * (right - left); };
  const auto py = [&](double y) {
    return bottom - ((log_y ? std::log10(y) : y) - ys.low) / (ys.high - ys.low) * (bottom - top);
  };
  const double step_x = tick_step(xs, 8), step_y = log_y ? 1 : tick_step(ys, 6);
  for (double t = std::ceil(ys.low / step_y) * step_y; t <= ys.high + 1e-9; t += step_y) {
    const double y = log_y ? py(std::pow(10.0, t)) : py(t);
    canvas.line(left, y, right, y, 0.4, faint);
    const std::string label = fmt::format("{:g}", log_y ? std::pow(10.0, t) : t);
    canvas.text(left - 10 - Canvas::text_width(label, 2), y - 8, label, 2, ink);
  }
  for (double t = std::ceil(xs.low / step_x) * step_x; t <= xs.high + 1e-9; t += step_x) {
    const std::string label = fmt::format("{:g}", t);
    canvas.text(px(t) - Canvas::text_width(label, 2) / 2.0, bottom + 10, label, 2, ink);
  }
  canvas.line(left, bottom, right, bottom, 0.7, ink);
  canvas.line(left, top, left, bottom, 0.7, ink);
  canvas.text(left, 8, title, 2, ink);
  canvas.text(left, 34, y_label, 2, soft);
  canvas.text((left + right) / 2 - Canvas::text_width(x_label, 2) / 2.0, bottom + 40, x_label, 2, ink);
  double legend = right;
  for (std::size_t s = series.size(); s-- > 0;) {
    const Color color = colors[s % colors.size()];
    legend -= Canvas::text_width(series[s].name, 2) + 16;
    canvas.text(legend, 8, series[s].name, 2, color);
    const Series& line = series[s];
    for (std::size_t i = 0; i < line.x.size(); ++i) {
      if (!std::isfinite(line.y[i]) || (log_y && line.y[i] <= 0)) continue;
      canvas.dot(px(line.x[i]), py(line.y[i]), 3, color);
      if (i > 0 && std::isfinite(line.y[i - 1]) && !(log_y && line.y[i - 1] <= 0))
        canvas.line(px(line.x[i - 1]), py(line.y[i - 1]), px(line.x[i]), py(line.y[i]), 1.2, color);
    }
  }
  return canvas.picture();
}

std::string Chart::json() const {
  nlohmann::ordered_json sets = nlohmann::ordered_json::array();
  for (std::size_t s = 0; s < series.size(); ++s) {
    nlohmann::ordered_json points = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < series[s].x.size(); ++i)
      if (std::isfinite(series[s].y[i])) points.push_back({{"x", series[s].x[i]}, {"y", series[s].y[i]}});
    const Color c = colors[s % colors.size()];
    const std::string color = fmt::format("rgb({},{},{})", c[0], c[1], c[2]);
    sets.push_back({{"label", series[s].name},
                    {"data", points},
                    {"borderColor", color},
                    {"backgroundColor", color},
                    {"pointRadius", 3}});
  }
  const auto axis = [](const std::string& type, const std::string& label) {
    return nlohmann::ordered_json{{"type", type}, {"title", {{"display", true}, {"text", label}}}};
  };
  const nlohmann::ordered_json config = {
      {"type", "line"},
      {"data", {{"datasets", sets}}},
      {"options",
       {{"animation", false},
        {"responsive", true},
        {"maintainAspectRatio", false},
        {"interaction", {{"mode", "nearest"}, {"axis", "x"}, {"intersect", false}}},
        {"scales", {{"x", axis("linear", x_label)}, {"y", axis(log_y ? "logarithmic" : "linear", y_label)}}}}}};
  return config.dump();
}

}  // namespace hourglass::inline HOURGLASS_BUILD::report
