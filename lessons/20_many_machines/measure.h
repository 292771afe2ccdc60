#pragma once
#include <string>
#include <vector>

#include "lessons/20_many_machines/process.h"
#include "lessons/common/run.h"

// What lesson 20 measures of its processes, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// The same training twice: by one process, and by R ranks.
struct Team {
  std::string name;
  Process one;
  std::vector<Process> ranks;

  /// All of them begin with the same weights. `optimizer` is "SGD" or "Adam".
  Team(const std::string& optimizer, int R, Index input, const Rng& rng);
};

/// The largest difference of a weight between ranks and one process, and among the ranks. Throws unless all ranks have
/// the same weights.
void compare_weights(Run& run, const std::vector<Team>& teams);

/// How much the busiest rank sends in one step, in gradients: counted, for a gradient of N numbers.
void count_messages(Run& run, std::size_t N);

/// The speed of up to 256 ranks as a model of communication predicts it (Hockney 1994), from the time that this process
/// takes for one batch.
void predict_speed(Run& run, Process& process, const data::Images& images);

/// Images x, and their reconstructions by the process and by the first rank of a team.
void show_reconstructions(Run& run, const data::Images& test, Team& team);

}  // namespace hourglass::HOURGLASS_BUILD
