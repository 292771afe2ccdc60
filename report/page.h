#pragma once
#include <string>
#include <vector>

#include <hourglass/report/chart.h>
#include <hourglass/report/picture.h>
#include <hourglass/report/table.h>

/// What a run shows: pages, pictures, charts, tables, progress.
namespace hourglass::HOURGLASS_BUILD::report {

/// A run as one HTML file that opens offline: pictures and scripts stand inside it. Sections come in the order in which
/// they are added; one that is added again under its heading takes the place of the first.
class Page {
 public:
  /// `question`: the run's question, in one line under the title.
  Page(std::string title, std::string question) : title_(std::move(title)), question_(std::move(question)) {}

  /// Facts of the run (seed, threads, time) in one line under the question.
  void set_facts(std::string facts) { facts_ = std::move(facts); }
  /// Stands before the facts: "training, epoch 3 of 10", or "interrupted". While `running`, the page loads itself anew
  /// every two seconds.
  void set_status(std::string status, bool running = false) {
    status_ = std::move(status);
    running_ = running;
  }

  /// What a reader must know before anything else, in a box under the title.
  void set_notice(std::string notice) { notice_ = std::move(notice); }

  /// One line of HTML below all sections.
  void set_footer(std::string html) { footer_ = std::move(html); }

  /// A section with a picture and its labels, a chart or a table under its heading and text, all of these escaped. A
  /// chart throws when a series has not as many x as y.
  /// @{
  void add_picture(const std::string& heading, const std::string& text, const Picture& picture);
  void add_chart(const std::string& heading, const std::string& text, const Chart& chart);
  void add_table(const std::string& heading, const std::string& text, const Table& table);
  /// @}
  /// A section with HTML of its own. What it shows of the outside must have been escaped.
  void add_html(const std::string& heading, const std::string& text, const std::string& html);

  /// Takes a section away, if it is there.
  void remove(const std::string& heading);

  /// A script for what sections hold, at the page's end; one that was added before is not added again.
  void add_script(const std::string& script);

  /// The whole file.
  std::string html() const;

 private:
  struct Section {
    std::string heading, text, body;
  };
  std::string title_, question_, notice_, facts_, status_, footer_;
  std::vector<Section> sections_;
  std::vector<std::string> scripts_;
  bool charts_ = false, running_ = false;
};

/// Bytes as base64 (RFC 4648).
std::string base64(const std::vector<std::uint8_t>& bytes);

}  // namespace hourglass::HOURGLASS_BUILD::report
