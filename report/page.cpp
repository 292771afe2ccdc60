#include <hourglass/report/page.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include <hourglass/io/reader.h>

namespace hourglass::HOURGLASS_BUILD::report {
namespace {

// One accent. The lines of charts have Okabe & Ito's colours (2008), which colour-blind readers distinguish; on dark
// paper the bright ones come first. On a projector all letters grow with the width.
constexpr const char* style = R"(
:root { color-scheme: light dark; --ink: #1c1c1c; --soft: #5d5d5d; --paper: #ffffff; --line: #dcdcdc;
  --accent: #0072b2; --lines: #0072b2 #d55e00 #009e73 #cc79a7 #e69f00 #56b4e9;
  --classes: #1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf; font-size: clamp(16px, .6rem + .5vw, 26px); }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --soft: #b0b0b0; --paper: #16181b; --line: #34373c;
  --accent: #56b4e9; --lines: #56b4e9 #e69f00 #2cc49a #cc79a7 #f0e442 #e8743b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2.25rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.5rem; line-height: 1.3; margin: 3rem 0 .25rem; }
p { margin: .25rem 0 1rem; max-width: 46rem; }
.question { font-size: 1.3rem; color: var(--soft); }
.facts { font-size: .95rem; color: var(--soft); border-block: 1px solid var(--line); padding: .6rem 0;
  max-width: none; }
.notice { border: 2px solid var(--accent); border-radius: 4px; padding: .6rem .9rem; font-weight: 600; }
.status { color: var(--accent); font-weight: 600; }
figure { margin: 0; overflow-x: auto; }
footer { margin-top: 3rem; color: var(--soft); }
a { color: var(--accent); }
img { max-width: 100%; height: auto; border-radius: 4px; }
.labelled { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .3rem .6rem; width: fit-content;
  max-width: 100%; font-size: .9rem; line-height: 1.15; color: var(--soft); }
.labelled .rows { display: grid; grid-auto-rows: minmax(0, 1fr); align-items: center; text-align: right;
  position: sticky; left: 0; background: var(--paper); }
.labelled .columns { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); text-align: center; }
.labelled .columns, .labelled img { grid-column: 2; }
.chart { position: relative; height: clamp(19rem, 60vw, 26rem); overflow: hidden; }
.square { width: min(100%, 38rem); height: auto; aspect-ratio: 1 / 1.1; }
details { margin-top: .5rem; font-size: .95rem; color: var(--soft); }
summary { cursor: pointer; width: fit-content; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .4rem .9rem; border-bottom: 1px solid var(--line); }
th:first-child { text-align: left; padding-left: 0; font-weight: 600; }
@media (max-width: 40rem) { th, td { padding: .4rem .5rem; } h1 { font-size: 1.9rem; } }
thead th, thead th:first-child { color: var(--soft); font-weight: 500; }
)";

// Draws each chart in the colours and letters of the page, and once more when these change. Lines differ in the shape
// of their points, too. Where six colours are too few there are ten. `at` holds the ticks of an axis.
constexpr const char* draw_charts = R"(
const shapes = ['circle', 'rectRot', 'triangle', 'rect', 'star', 'crossRot'];
const draw = () => {
  const css = getComputedStyle(document.documentElement);
  const colors = name => css.getPropertyValue(name).trim().split(/\s+/);
  Chart.defaults.color = css.getPropertyValue('--soft');
  Chart.defaults.borderColor = css.getPropertyValue('--line');
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = Math.round(.95 * parseFloat(css.fontSize));
  const size = Chart.defaults.font.size;
  Object.assign(Chart.defaults.plugins.legend.labels,
    {usePointStyle: true, padding: size, boxWidth: size, boxHeight: size / 2});
  Chart.defaults.plugins.title.padding = size;
  Chart.defaults.plugins.tooltip.usePointStyle = true;
  for (const canvas of document.querySelectorAll('canvas[data-chart]')) {
    const chart = JSON.parse(canvas.dataset.chart);
    const lines = colors(chart.data.datasets.length > 6 ? '--classes' : '--lines');
    chart.data.datasets.forEach((set, i) => {
      set.borderColor = set.backgroundColor = lines[i % lines.length];
      set.pointStyle = set.pointRadius === undefined ? shapes[i % shapes.length] : 'circle';
      set.pointRadius ??= set.data.length > 60 ? 0 : 4;
      set.borderWidth = 2.5;
      set.clip = 8;  // the first point and the last one stand on the edge
    });
    for (const scale of Object.values(chart.options.scales)) {
      if (scale.type !== 'logarithmic') continue;
      const {at} = scale;
      if (at) scale.afterBuildTicks = axis => axis.ticks = at.map(value => ({value}));
      scale.ticks = {callback(...tick) {
        const value = +tick[0].toPrecision(6), shown = at || Chart.Ticks.formatters.logarithmic.apply(this, tick);
        return shown && (value < 1e-3 ? value.toExponential() : String(value));
      }};
    }
    Chart.getChart(canvas)?.destroy();
    new Chart(canvas, chart);
  }
};
draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
)";

std::string labels(const char* which, const std::vector<std::string>& all) {
  std::string out = fmt::format("<div class=\"{}\">", which);
  for (const std::string& label : all) out += "<span>" + escape(label) + "</span>";
  return out + "</div>";
}

// An image with its labels as text: rows to the left, columns above. On a telephone it scrolls below its labels.
std::string image(const Picture& picture, const std::string& alternative) {
  const std::string img = fmt::format(
      "<img alt=\"{}\" width=\"{}\" height=\"{}\" style=\"min-width: min({}px, 32rem)\" "
      "src=\"data:image/png;base64,{}\">",
      escape(alternative), picture.width, picture.height, picture.width, base64(picture.png()));
  if (picture.row_labels.empty() && picture.column_labels.empty()) return img;
  std::string out = "<div class=\"labelled\">";
  if (!picture.column_labels.empty()) out += labels("columns", picture.column_labels);
  return out + labels("rows", picture.row_labels) + img + "</div>";
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

void Page::remove(const std::string& heading) {
  std::erase_if(sections_, [&](const Section& section) { return section.heading == heading; });
}

void Page::add_script(const std::string& script) {
  if (std::find(scripts_.begin(), scripts_.end(), script) == scripts_.end()) scripts_.push_back(script);
}

void Page::add_picture(const std::string& heading, const std::string& text, const Picture& picture) {
  add_html(heading, text, "<figure>" + image(picture, heading + ": " + text) + "</figure>");
}

void Page::add_chart(const std::string& heading, const std::string& text, const Chart& chart) {
  charts_ = true;
  const std::string figure = fmt::format(
      "<figure class=\"chart{}\"><canvas role=\"img\" aria-label=\"{}\" data-chart=\"{}\"></canvas></figure>",
      chart.same_scale ? " square" : "", escape(heading + ": " + text), escape(chart.json()));
  const Table numbers = chart.table();
  const std::string table =
      numbers.rows.empty() ? "" : "<details><summary>The numbers</summary>" + numbers.html() + "</details>";
  add_html(heading, text, (chart_script().empty() ? "" : figure) + table);
}

void Page::add_table(const std::string& heading, const std::string& text, const Table& table) {
  add_html(heading, text, "<figure>" + table.html() + "</figure>");
}

std::string Page::html() const {
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">";
  if (running_) out += "<meta http-equiv=\"refresh\" content=\"2\">";
  out += "<link rel=\"icon\" href=\"data:,\"><title>" + escape(title_) + "</title><style>" + style +
         "</style></head>\n<body><main>\n<h1>" + escape(title_) + "</h1>\n<p class=\"question\">" + escape(question_) +
         "</p>\n";
  if (!notice_.empty()) out += "<p class=\"notice\" role=\"note\">" + escape(notice_) + "</p>\n";
  out += "<p class=\"facts\">";
  if (!status_.empty()) out += "<span class=\"status\">" + escape(status_) + "</span> · ";
  out += escape(facts_) + "</p>\n";
  for (const Section& section : sections_)
    out += "<section><h2>" + escape(section.heading) + "</h2><p>" + escape(section.text) + "</p>" + section.body +
           "</section>\n";
  if (!footer_.empty()) out += "<footer><p>" + footer_ + "</p></footer>\n";
  out += "</main>\n";
  if (const std::string script = charts_ ? chart_script() : ""; !script.empty())
    out += "<script>" + script + "</script>\n<script>" + draw_charts + "</script>\n";
  for (const std::string& script : scripts_) out += "<script>(() => {" + script + "})();</script>\n";
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

}  // namespace hourglass::HOURGLASS_BUILD::report
