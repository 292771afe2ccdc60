#pragma once
#include <map>
#include <set>
#include <string>

#include <hourglass/nn/loss.h>
#include <hourglass/report/chart.h>
#include <hourglass/report/history.h>
#include "lessons/common/checkpoint.h"
#include "lessons/common/run_options.h"

namespace hourglass::HOURGLASS_BUILD {

/// The numbers of a run: the losses of an epoch and their mean, the history over the epochs, the metrics. What belongs
/// to the training stands in `Standing`, which a checkpoint holds; the metrics are computed after it.
class Recorder {
 public:
  explicit Recorder(Standing& at) : at_(at) {}

  /// The loss of a batch.
  void record(const Loss& loss);
  /// The mean of the epoch's losses so far; 0 where there are none.
  double mean_loss() const { return at_.losses ? at_.loss_sum / static_cast<double>(at_.losses) : 0; }

  /// A number of this epoch, in a column of the history. The mean loss stands in the first one, "training".
  void measure(const std::string& column, double value);
  /// The same of another quantity than the loss, which has a chart of its own.
  void track(const std::string& column, double value);
  /// A column of the history over the epochs, those before a resumption included. Throws on another column.
  report::Series series(const std::string& column) const;
  /// Whether the column is one of another quantity.
  bool is_tracked(const std::string& column) const { return tracked_.contains(column); }
  /// The epoch is over: its mean loss is written into the history. Throws where no loss was recorded in it.
  void end_epoch();
  /// The last row of the history without the mean loss, in words: "  test 6.360".
  std::string last_row() const;

  /// A number for `metrics.json`.
  void metric(const std::string& name, double value) { metrics_[name] = value; }
  /// The text of `metrics.json`.
  std::string json(const RunOptions& options, double seconds) const;

 private:
  Standing& at_;
  std::set<std::string> tracked_;
  std::map<std::string, double> metrics_;
};

}  // namespace hourglass::HOURGLASS_BUILD
