#pragma once
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

  /// A figure: in the page, and as FILE.png beside it. One that is shown again replaces the one before.
  /// @{
  void show(const std::string& file, const std::string& heading, const std::string& text,
            const report::Picture& picture);
  void show(const std::string& file, const std::string& heading, const std::string& text, const report::Chart& chart);
  /// @}
  /// A table: on the terminal, and in the page.
  void show(const std::string& heading, const std::string& text, const report::Table& table);
  /// A part of the page that computes by itself (lessons/common/play.h).
  void show(const std::string& heading, const std::string& text, const play::Widget& widget);
  /// The chart of the errors over the epochs, error.png; none where there are none.
  void show_error(const std::vector<report::Series>& errors, const std::string& unit);
  /// Writes report.html.
  void write() const;

  report::Page page;

 private:
  std::string folder_;
  report::Progress& progress_;
};

}  // namespace hourglass::HOURGLASS_BUILD
