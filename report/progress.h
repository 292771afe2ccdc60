#pragma once
#include <chrono>
#include <cstdio>
#include <string>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::report {

/// How fast training goes, and how long it still takes: from what this process has seen itself, so that a resumed run
/// is not credited with the work of the one before it.
class Pace {
 public:
  /// At `now` (seconds), images `done` of this epoch and `part` (0 to 1) of all the training are behind us.
  void update(Index done, double part, double now);
  /// While training: what lies between two epochs (measuring, pictures) is not counted. Below 0: not known yet.
  double images_per_second() const { return training_ > 0 ? static_cast<double>(images_) / training_ : -1; }
  /// Everything counted. Below 0: not known yet.
  double seconds_left() const;

 private:
  double first_part_ = -1, part_ = 0, begin_ = 0, now_ = 0, training_ = 0;
  Index images_ = 0, done_ = 0;
};

/// Where training stands, for one line.
struct Standing {
  int epoch, epochs;
  double part_of_epoch;  ///< 0 to 1
  double loss;
  const char* unit;
  double images_per_second, seconds_left;  ///< below 0: not known
};
/// The line for a terminal so many characters wide, never longer: what has no room is left out, the speed first, then
/// the bar, the unit of the loss, the time left.
std::string progress_line(const Standing& at, int width);

/// The progress of a training: on a terminal one line that is redrawn, with a bar, the loss, the speed and
/// the time left; elsewhere a line every few seconds and one an epoch.
class Progress {
 public:
  /// Redraws where `out` takes escape codes (io::takes_escapes).
  explicit Progress(std::FILE* out = stdout);

  /// Images `done` of `total` in this epoch; `part` of all the training is behind us (0 to 1). Draws when it is time
  /// to; otherwise it costs a look at the clock and no allocation.
  void update(int epoch, int epochs, Index done, Index total, double part, double loss, const char* unit);
  /// The line of an epoch that has ended: it stays.
  void epoch(int epoch, int epochs, double loss, const char* unit, const std::string& more);
  /// Any other line that stays.
  void print_line(const std::string& line);

 private:
  using Clock = std::chrono::steady_clock;
  std::FILE* out_;
  bool terminal_;
  Clock::time_point start_, drawn_;
  Pace pace_;
  bool line_open_ = false;
};

}  // namespace hourglass::HOURGLASS_BUILD::report
