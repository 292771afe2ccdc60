#pragma once
#include <map>
#include <string>
#include <vector>

#include <hourglass/nn/optimizer.h>
#include <hourglass/report/history.h>

namespace hourglass::HOURGLASS_BUILD {

/// Where a training stands: what a resumed run goes on from, beside weights and optimisers.
struct Standing {
  std::string position;              ///< in the loops (lessons/common/position.h); empty where there were none
  int epoch = 1, epochs = 0;         ///< the one that runs, and the last one
  Index images = 0, losses = 0;      ///< of this epoch: images done, and losses recorded
  double loss_sum = 0, seconds = 0;  ///< of those losses; of the run so far
  std::string unit;                  ///< of the last loss, in words
  report::History history;           ///< of the epochs so far
  bool finished = false;             ///< whether the run has reached its end
};

/// The checkpoint of a run: one file. Only a run with the same owner (lesson, data, seed, …) may go on from it.
class Checkpoint {
 public:
  using Owner = std::vector<std::pair<std::string, std::string>>;
  Checkpoint(std::string file, Owner owner) : file(std::move(file)), owner_(std::move(owner)) {}

  bool exists() const;
  /// Throws, naming the file, on a checkpoint of another owner or of an earlier version of the library, and on numbers
  /// that no run can have.
  Standing read() const;
  /// Reads it, and fills parameters and optimisers. Throws as `read`, and when they do not fit.
  Standing restore(const nn::Parameters& parameters, const std::vector<nn::Optimizer*>& optimizers) const;
  void save(const Standing& standing, const nn::Parameters& parameters,
            const std::vector<nn::Optimizer*>& optimizers) const;

  const std::string file;

 private:
  Owner owner_;
};

}  // namespace hourglass::HOURGLASS_BUILD
