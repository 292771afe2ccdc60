#include "report/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "io/reader.h"

namespace hourglass::inline HOURGLASS_BUILD::report {
namespace {

constexpr const char* style = R"(
:root { color-scheme: light dark; --ink: #1c1c1c; --soft: #5d5d5d; --paper: #ffffff; --line: #d9d9d9; --accent: #0072b2; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --soft: #a9a9a9; --paper: #16181b; --line: #3a3d42; --accent: #56b4e9; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2.25rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 .25rem; }
p { margin: .25rem 0 1rem; max-width: 46rem; }
.question { font-size: 1.3rem; color: var(--soft); }
.facts { font-size: .95rem; color: var(--soft); border-block: 1px solid var(--line); padding: .6rem 0; max-width: none; }
.status { color: var(--accent); font-weight: 600; }
figure { margin: 0; overflow-x: auto; }
img { max-width: 100%; height: auto; image-rendering: pixelated; border-radius: 4px; }
.chart { position: relative; height: min(26rem, 70vw); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .4rem .9rem; border-bottom: 1px solid var(--line); }
th:first-child { text-align: left; padding-left: 0; font-weight: 600; }
thead th { color: var(--soft); font-weight: 500; }
)";

// Draws each chart, in the colours of the page; once more when the reader turns dark mode on or off.
constexpr const char* draw_charts = R"(
const draw = () => {
  const css = getComputedStyle(document.documentElement);
  Chart.defaults.color = css.getPropertyValue('--soft');
  Chart.defaults.borderColor = css.getPropertyValue('--line');
  Chart.defaults.font.size = 15;
  for (const canvas of document.querySelectorAll('canvas[data-chart]')) {
    Chart.getChart(canvas)?.destroy();
    new Chart(canvas, JSON.parse(canvas.dataset.chart));
  }
};
draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
)";

std::string image(const Picture& picture, const std::string& alternative) {
  return fmt::format("<img alt=\"{}\" width=\"{}\" height=\"{}\" src=\"data:image/png;base64,{}\">",
                     escape(alternative), picture.width, picture.height, base64(picture.png()));
}

std::string chart_script() {
  if (!std::filesystem::exists(HOURGLASS_CHART_JS)) return "";
  const io::Bytes script = io::read_file(HOURGLASS_CHART_JS, std::size_t{1} << 24);
  std::string text(script.begin(), script.end());
  // What ends a script element must not stand inside one.
  for (std::size_t at = 0; (at = text.find("</script", at)) != std::string::npos;) text.replace(at, 2, "<\\/");
  if (const std::size_t map = text.rfind("//# sourceMappingURL="); map != std::string::npos) text.erase(map);
  return text;
}

}  // namespace

void Page::add_html(const std::string& heading, const std::string& text, const std::string& html) {
  const auto known =
      std::find_if(sections_.begin(), sections_.end(), [&](const Section& s) { return s.heading == heading; });
  if (known != sections_.end()) {
    *known = {heading, text, html};
  } else {
    sections_.push_back({heading, text, html});
  }
}

void Page::add_picture(const std::string& heading, const std::string& text, const Picture& picture) {
  add_html(heading, text, "<figure>" + image(picture, heading + ": " + text) + "</figure>");
}

void Page::add_chart(const std::string& heading, const std::string& text, const Chart& chart) {
  charts_ = true;
  if (chart_script().empty()) return add_picture(heading, text, chart.draw());
  add_html(
      heading, text,
      fmt::format("<figure class=\"chart\"><canvas role=\"img\" aria-label=\"{}\" data-chart=\"{}\"></canvas></figure>",
                  escape(heading + ": " + text), escape(chart.json())));
}

void Page::add_table(const std::string& heading, const std::string& text, const Table& table) {
  add_html(heading, text, "<figure>" + table.html() + "</figure>");
}

std::string Page::html() const {
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\">";
  if (!status_.empty()) out += "<meta http-equiv=\"refresh\" content=\"2\">";
  out += "<link rel=\"icon\" href=\"data:,\"><title>" + escape(title_) + "</title><style>" + style +
         "</style></head>\n<body><main>\n<h1>" + escape(title_) + "</h1>\n<p class=\"question\">" + escape(question_) +
         "</p>\n<p class=\"facts\">";
  if (!status_.empty()) out += "<span class=\"status\">" + escape(status_) + "</span> · ";
  out += escape(facts_) + "</p>\n";
  for (const Section& section : sections_)
    out += "<section><h2>" + escape(section.heading) + "</h2><p>" + escape(section.text) + "</p>" + section.body +
           "</section>\n";
  out += "</main>\n";
  if (const std::string script = charts_ ? chart_script() : ""; !script.empty())
    out += "<script>" + script + "</script>\n<script>" + draw_charts + "</script>\n";
  return out + "</body></html>\n";
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
  constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t block = 0;
    for (std::size_t j = 0; j < 3; ++j) block = block << 8 | (j < count ? bytes[i + j] : 0u);
    for (std::size_t j = 0; j < 4; ++j) out += j <= count ? digits[block >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

}  // namespace hourglass::inline HOURGLASS_BUILD::report
