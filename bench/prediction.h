#pragma once
#include <vector>

#include "bench/workloads.h"

/// How fast a step would be on more cores than this machine has: its parallel loops are timed piece by piece.
namespace hourglass::HOURGLASS_BUILD::bench {

/// What a parallel loop costs beside its pieces, in microseconds.
struct LoopCost {
  double start = 0;  ///< of a loop over two pieces without work, on two threads
  double piece = 0;  ///< of one more piece without work: threads take pieces one after another
};

/// One step of a workload, as it runs on one thread: the pieces of each parallel loop and what lies between the loops.
struct StepParts {
  std::vector<std::vector<double>> loops;  ///< microseconds of each piece
  double between = 0;                      ///< microseconds outside of all loops

  /// Microseconds of a step on `cores` cores: the sum of its loops and of what lies between. A loop takes as long as
  /// the busiest core, where a free core takes the next piece; then the loop's own cost. Every core is assumed to be as
  /// fast as the one that was measured, and memory to serve all of them.
  double on(int cores, const LoopCost& cost) const;
};

/// Measured on the cores that there are.
LoopCost loop_cost();
/// Runs `step` as if it had `threads` threads, all its pieces on this one, and times them; the medians of several
/// steps. Throws where the linker cannot lead the loops here.
StepParts parts_of(const Step& step, int threads);

/// Prints, for the workloads that have products, the step measured at one thread and at two beside the prediction, and
/// the prediction for 4, 8 and 16 cores.
void predict(const std::vector<std::string>& only, int rounds, double seconds);

}  // namespace hourglass::HOURGLASS_BUILD::bench
