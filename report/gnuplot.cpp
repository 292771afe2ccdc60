#include <hourglass/report/gnuplot.h>

#include <fmt/format.h>

#include <algorithm>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

Output draw(const std::string& terminal, const std::string& commands) {
  return run_program({"gnuplot", "-d"}, "set encoding utf8\nset terminal " + terminal + "\n" + commands);
}

Output draw_chart(const Chart& chart, const std::string& kind, const std::string& font) {
  const std::string commands = chart.gnuplot();
  if (commands.empty()) return {true, 0, ""};
  return draw(kind + " size " + (chart.same_scale ? "640,640" : "760,440") + " noenhanced " + font, commands);
}

// About as wide as the letters are, in pixels.
int width_of(const std::vector<std::string>& labels) {
  std::size_t longest = 0;
  for (const std::string& label : labels) longest = std::max(longest, label.size());
  return labels.empty() ? 0 : 24 + 8 * static_cast<int>(longest);
}

// The ticks of an axis that shows `labels` in the middle of equal parts of `length`.
std::string label_ticks(const std::string& axis, const std::vector<std::string>& labels, int length) {
  if (labels.empty()) return "";
  std::string out = "set " + axis + "tics scale 0 (";
  for (std::size_t i = 0; i < labels.size(); ++i)
    out += fmt::format("{}{} {}", i ? ", " : "", quoted(labels[i]),
                       (static_cast<double>(i) + 0.5) * length / static_cast<double>(labels.size()));
  return out + ")\n";
}

}  // namespace

// Between single quotes only the quote itself has a meaning, and gnuplot 5.4 misreads a doubled one at the beginning:
// it becomes an apostrophe. A line break would end the command.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    const bool control = static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    if (c == '\'') {
      out += "’";
    } else {
      out += control ? ' ' : c;
    }
  }
  return out + "'";
}

Output svg(const Chart& chart) { return draw_chart(chart, "svg", "background 'white' font 'sans-serif,15'"); }
Output png(const Chart& chart) { return draw_chart(chart, "pngcairo", "font 'Sans,11'"); }

Output png(const Picture& picture) {
  const int left = width_of(picture.row_labels), above = picture.column_labels.empty() ? 0 : 28;
  const double width = picture.width + left, height = picture.height + above;
  std::string commands = "unset border\nunset key\nunset xtics\nunset ytics\n";
  commands += fmt::format("set lmargin at screen {}\nset rmargin at screen 1\n", left / width);
  commands += fmt::format("set tmargin at screen {}\nset bmargin at screen 0\n", 1 - above / height);
  commands +=
      fmt::format("set xrange [0:{0}]\nset x2range [0:{0}]\nset yrange [{1}:0]\n", picture.width, picture.height);
  commands += label_ticks("y", picture.row_labels, picture.height);
  commands += label_ticks("x2", picture.column_labels, picture.width);
  commands += fmt::format("plot '-' binary array=({},{}) format='%uchar' origin=(0.5,0.5) using 1:2:3 with rgbimage\n",
                          picture.width, picture.height);
  commands.append(picture.pixels.begin(), picture.pixels.end());
  return draw(fmt::format("pngcairo size {},{} noenhanced font 'Sans,11'", width, height), commands);
}

}  // namespace hourglass::HOURGLASS_BUILD::report
