#include "lessons/common/figures.h"

#include <hourglass/io/writer.h>
#include <hourglass/report/gnuplot.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// What is left out, and why; empty where the file could be drawn.
std::string problem_of(const report::Output& drawn) {
  if (!drawn.found) return "gnuplot is not installed (Debian's package gnuplot-nox)";
  if (drawn.status != 0) return "gnuplot failed (" + drawn.text.substr(0, 200) + ")";
  return "";
}

}  // namespace

void Figures::show(const std::string& file, const std::string& heading, const std::string& text,
                   const report::Picture& picture) {
  page.add_picture(heading, text, picture);
  pictures_.insert_or_assign(file, picture);
}

void Figures::show(const std::string& file, const std::string& heading, const std::string& text,
                   const report::Chart& chart) {
  page.add_chart(heading, text, chart);
  charts_[file] = chart;
}

void Figures::show(const std::string& heading, const std::string& text, const report::Table& table) {
  page.add_table(heading, text, table);
  progress_.print_line("\n" + heading + "\n" + table.text());
}

void Figures::show(const std::string& heading, const std::string& text, const play::Widget& widget) {
  page.add_html(heading, text, widget.html);
  page.add_script(play::script());
}

void Figures::show_error(const std::vector<report::Series>& errors, const std::string& unit) {
  if (errors.empty()) return;
  const report::Chart chart{"Error over the epochs", "epoch", unit, errors};
  page.remove(chart.title);  // a lesson's own figures stand first
  show("error", chart.title,
       "Training error is the mean over the epoch while the model still changes; test error is measured at its end.",
       chart);
}

void Figures::write() const { io::write_file(folder_ + "/report.html", page.html()); }

void Figures::write_chart(const std::string& file, const report::Chart& chart, std::string& problem) const {
  const report::Output svg = report::svg(chart);
  const report::Output png = report::png(chart);
  for (const report::Output* drawn : {&svg, &png})
    if (problem.empty()) problem = problem_of(*drawn);
  if (problem.empty() && !svg.text.empty()) {
    io::write_file(folder_ + "/" + file + ".svg", svg.text);
    io::write_file(folder_ + "/" + file + ".png", png.text);
  }
}

void Figures::write_picture(const std::string& file, const report::Picture& picture, std::string& problem) const {
  const std::string path = folder_ + "/" + file + ".png";
  if (picture.row_labels.empty() && picture.column_labels.empty()) return io::write_file(path, picture.png());
  const report::Output labelled = report::png(picture);
  if (problem.empty()) problem = problem_of(labelled);
  if (!problem_of(labelled).empty()) return io::write_file(path, picture.png());
  io::write_file(path, labelled.text);
}

void Figures::write_files() const {
  std::string problem;
  for (const auto& [file, picture] : pictures_) write_picture(file, picture, problem);
  for (const auto& [file, chart] : charts_) write_chart(file, chart, problem);
  if (!architecture_.empty()) io::write_file(folder_ + "/architecture.dot", architecture_);
  if (problem.empty()) return;
  progress_.print_line("note: " + problem +
                       ": the files of the charts and the labels of the pictures are left out; report.html has them");
}

}  // namespace hourglass::HOURGLASS_BUILD
