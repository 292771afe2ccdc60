#pragma once
#include <map>
#include <string>
#include <vector>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD::bench {

/// Times of one contender in all rounds, microseconds a step; empty where it cannot do the workload.
struct Times {
  std::vector<double> all;
  double median() const;
  double least() const;
  double most() const;
};

/// A workload at one number of threads.
struct Row {
  std::string workload, what;
  int threads = 1;
  Times ours, panels, blas;
  double peak_mb = 0;
  std::map<std::string, Times> peers;
  std::map<std::string, double> peers_peak_mb;

  /// Our own products alone, by the faster of the two ways; 0 where there are none.
  double floor() const;
};

/// In the format of `./course bench --json`.
std::string json(const std::string& machine, const std::vector<Row>& rows);
/// For the terminal: every row, then each workload at each contender's faster number of threads.
std::string text(const std::vector<Row>& rows);

}  // namespace hourglass::HOURGLASS_BUILD::bench
