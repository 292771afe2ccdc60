#include "lessons/common/recorder.h"

#include <fmt/format.h>

#include <algorithm>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD {

void Recorder::record(const Loss& loss) {
  at_.loss_sum += static_cast<double>(loss.value.item());
  ++at_.losses;
  at_.unit = to_text(loss.unit);
}

void Recorder::measure(const std::string& column, double value) {
  at_.history.set(at_.epoch, "training", mean_loss());
  at_.history.set(at_.epoch, column, value);
}

void Recorder::track(const std::string& column, double value) {
  tracked_.insert(column);
  measure(column, value);
}

report::Series Recorder::series(const std::string& column) const {
  const report::History& history = at_.history;
  const auto found = std::find(history.columns.begin(), history.columns.end(), column);
  require(found != history.columns.end(), "series: the history has no column '", column, "'");
  const auto cell = static_cast<std::size_t>(found - history.columns.begin()) + 1;
  report::Series series{report::words(column), {}, {}};
  for (const auto& row : history.rows) {
    series.x.push_back(row[0]);
    series.y.push_back(row[cell]);
  }
  return series;
}

void Recorder::end_epoch() {
  require(at_.losses > 0, "end_epoch: epoch ", at_.epoch, " has no loss: each of its batches ends with end_batch, and ",
          "the epoch with one end_epoch");
  at_.history.set(at_.epoch, "training", mean_loss());
}

std::string Recorder::last_row() const {
  std::string row;
  for (std::size_t i = 1; i < at_.history.columns.size(); ++i)
    row += fmt::format("  {} {:.3f}", at_.history.columns[i], at_.history.rows.back()[i + 1]);
  return row;
}

std::string Recorder::json(const RunOptions& options, double seconds) const {
  report::Metrics all;
  all.lesson = options.lesson;
  all.seed = options.seed;
  all.threads = options.threads;
  all.seconds = seconds;
  all.values = metrics_;
  return all.json();
}

}  // namespace hourglass::HOURGLASS_BUILD
