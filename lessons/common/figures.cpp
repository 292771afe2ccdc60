#include "lessons/common/figures.h"

#include <hourglass/io/writer.h>

namespace hourglass::HOURGLASS_BUILD {

void Figures::show(const std::string& file, const std::string& heading, const std::string& text,
                   const report::Picture& picture) {
  page.add_picture(heading, text, picture);
  io::write_file(folder_ + "/" + file + ".png", picture.png());
}

void Figures::show(const std::string& file, const std::string& heading, const std::string& text,
                   const report::Chart& chart) {
  page.add_chart(heading, text, chart);
  io::write_file(folder_ + "/" + file + ".png", chart.draw().png());
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
  const report::Chart chart{"Error over the epochs", "epoch", unit, errors, false};
  show("error", chart.title,
       "Training error is the mean over the epoch while the model still changes; test error is measured at its end.",
       chart);
}

void Figures::write() const { io::write_file(folder_ + "/report.html", page.html()); }

}  // namespace hourglass::HOURGLASS_BUILD
