#pragma once
#include <chrono>
#include <cstdio>
#include <string>

#include "tensor/scalar.h"

namespace hourglass::inline HOURGLASS_BUILD::report {

/// What a person sees while a model trains: on a terminal one line that is redrawn, with a bar, the loss, the speed and
/// the time left; elsewhere a line every few seconds and one an epoch.
class Progress {
 public:
  explicit Progress(std::FILE* out = stdout);

  /// Images `done` of `total` in this epoch; `part` of all the training is behind us (0 to 1). Draws when it is time
  /// to.
  void update(int epoch, int epochs, Index done, Index total, double part, double loss, const char* unit);
  /// A line that stays.
  void epoch(int epoch, int epochs, double loss, const char* unit, const std::string& more);
  void say(const std::string& line);

 private:
  using Clock = std::chrono::steady_clock;
  std::FILE* out_;
  bool terminal_;
  Clock::time_point start_, drawn_;
  double first_part_ = -1;  // where this process began: a resumed run's speed is its own
  Index images_ = 0, last_done_ = 0;
  bool line_open_ = false;
};

}  // namespace hourglass::inline HOURGLASS_BUILD::report
