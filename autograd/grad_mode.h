#pragma once
#include <utility>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

/// Whether the ops of this thread are recorded, for as long as one lives; then what held before holds again. The mode
/// is each thread's own, and at first ops are recorded.
class GradMode {
 public:
  /// Records from now on, or does not.
  explicit GradMode(bool record) : before_(std::exchange(recording_, record)) {}
  ~GradMode() { recording_ = before_; }
  GradMode(const GradMode&) = delete;
  GradMode& operator=(const GradMode&) = delete;
  /// Whether ops are recorded now.
  static bool recording() { return recording_; }

 private:
  static inline thread_local bool recording_ = true;
  bool before_;
};

/// While one lives, ops on this thread are not recorded: evaluation needs no memory for a graph.
struct NoGrad : private GradMode {
  NoGrad() : GradMode(false) {}
};

}  // namespace hourglass::HOURGLASS_BUILD
