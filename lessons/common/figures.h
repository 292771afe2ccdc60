#pragma once
#include <map>
#include <string>
#include <vector>

#include <hourglass/report/chart.h>
#include <hourglass/report/page.h>
#include <hourglass/report/progress.h>
#include "lessons/common/play.h"

namespace hourglass::HOURGLASS_BUILD {

/// What a run shows: its page, report.html, and the page's figures as files beside it.
class Figures {
 public:
  /// `folder` exists. Tables are printed by `progress`, too.
  Figures(std::string folder, report::Page page, report::Progress& progress)
      : page(std::move(page)), folder_(std::move(folder)), progress_(progress) {}

  /// A figure, in the page and later as a file. One that is shown again replaces the one before.
  /// @{
  void show(const std::string& file, const std::string& heading, const std::string& text,
            const report::Picture& picture);
  void show(const std::string& file, const std::string& heading, const std::string& text, const report::Chart& chart);
  /// @}
  /// A table: on the terminal, and in the page.
  void show(const std::string& heading, const std::string& text, const report::Table& table);
  /// A part of the page that computes by itself (lessons/common/play.h).
  void show(const std::string& heading, const std::string& text, const play::Widget& widget);
  /// The architecture of the lesson's models as commands for graphviz (lessons/common/diagram.h): architecture.dot.
  void show_architecture(const std::string& dot) { architecture_ = dot; }
  /// The chart of the errors over the epochs, error.svg, behind all other figures; none where there are none.
  void show_error(const std::vector<report::Series>& errors, const std::string& unit);
  /// Writes report.html.
  void write() const;
  /// Writes the figures: charts as FILE.svg and FILE.png, pictures as FILE.png with their labels. Where gnuplot is
  /// missing or fails, one line names what is left out: the charts' files, and the pictures' labels.
  void write_files() const;

  report::Page page;

 private:
  void write_chart(const std::string& file, const report::Chart& chart, std::string& problem) const;
  void write_picture(const std::string& file, const report::Picture& picture, std::string& problem) const;

  std::string folder_;
  report::Progress& progress_;
  std::map<std::string, report::Picture> pictures_;
  std::map<std::string, report::Chart> charts_;
  std::string architecture_;
};

}  // namespace hourglass::HOURGLASS_BUILD
