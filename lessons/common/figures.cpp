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

void Figures::show_error(const report::History& history, const std::string& unit) {
  if (history.rows.empty()) return;
  report::Chart chart{"Error over the epochs", "epoch", unit, {}, false};
  for (std::size_t i = 0; i < history.columns.size(); ++i) {
    report::Series series{history.columns[i], {}, {}};
    for (const auto& row : history.rows) {
      series.x.push_back(row[0]);
      series.y.push_back(row[i + 1]);
    }
    chart.series.push_back(std::move(series));
  }
  show("error", chart.title,
       "Training error is the mean over the epoch while the model still changes; test error is measured at its end.",
       chart);
}

void Figures::write() const { io::write_file(folder_ + "/report.html", page.html()); }

}  // namespace hourglass::HOURGLASS_BUILD
