#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD {

/// Where a run stands in its loops, each within the one before, and the way back there. A resumed run begins the same
/// loops again. One that was finished is to be skipped, and the one in which the run was stopped goes on; the generator
/// is set so that the same numbers are drawn before, between and after them.
class Position {
 public:
  /// A loop begins in the innermost one. How much of it lies behind the run; nothing where the loop was finished.
  std::optional<Index> begin(Rng& rng);
  /// A pass through the loop at this depth, the innermost, is over: so much of it is done. Throws when it is not the
  /// innermost, and when a resumed run was stopped in a loop that has not begun again.
  void advance(std::size_t depth, Index done, const Rng& rng);
  /// The loop at this depth is over, whether at its end or before.
  void end(std::size_t depth, Rng& rng);

  /// Loops that have begun and are not over; the depth of the innermost.
  std::size_t depth() const { return bodies_.size() - 1; }
  /// How much of the innermost is done.
  Index done() const { return bodies_.back().done; }
  /// Loops that have begun so far in this epoch.
  std::uint64_t loops() const { return loops_; }
  /// Whether the position to resume from is still ahead.
  bool returning() const { return !goal_.empty(); }

  /// The position that the run has reached, as a text, and the restoration of one. Throws, naming `who`, on what is no
  /// such text.
  std::string text() const;
  void return_to(const std::string& text, const std::string& who);

 private:
  // Between two loops: what a resumed run that skips the first one goes on with.
  struct Mark {
    std::array<std::uint64_t, 3> rng;
    std::uint64_t loops;
  };
  // What a loop repeats; the first one is the program itself.
  struct Body {
    Index done = 0;           // of the loop
    std::vector<Mark> marks;  // where its present pass began, and after each loop in that
  };
  void go_on(const Mark& mark, Rng& rng);

  std::vector<Body> bodies_{{0, {Mark{}}}}, goal_;
  std::uint64_t loops_ = 0;
};

}  // namespace hourglass::HOURGLASS_BUILD
