#pragma once
#include <functional>
#include <string>
#include <vector>

#include "bench/floor.h"
#include "bench/inputs.h"

namespace hourglass::HOURGLASS_BUILD::bench {

/// Does once what is timed. What it returns, averaged, is the number that all contenders must agree on: the loss before
/// the update.
using Step = std::function<Tensor()>;

struct Workload {
  std::string name, what;
  Step (*start)(Inputs& inputs);    ///< makes model and optimiser
  std::vector<Layer> products;      ///< what is multiplied; none: there is no floor
  double passes = 1;                ///< how often in one step
  bool from_process_start = false;  ///< timed from the start of a new process to the end of its first step
};

/// All of them, in the order of the table. bench/README.md describes them.
const std::vector<Workload>& workloads();
/// Throws, listing the names, when there is none of this name.
const Workload& workload(const std::string& name);

}  // namespace hourglass::HOURGLASS_BUILD::bench
