#pragma once
#include <functional>
#include <string>
#include <vector>

#include <hourglass/metrics/hamming.h>
#include <hourglass/metrics/neighbors.h>
#include "lessons/common/run.h"

// What lesson 13 measures of each method of retrieval, and how its page shows that.
namespace hourglass::HOURGLASS_BUILD {

/// A method to find similar images: how many bytes it keeps of each, and its search for the k nearest.
struct Method {
  std::string name, metric;
  Index bytes;
  std::function<metrics::Neighbors(Index k)> nearest;
};
/// By the Euclidean distance ‖f(x) - f(x')‖.
Method by_distance(const std::string& name, const std::string& metric, Index bytes, const Tensor& queries,
                   const Tensor& base);
/// By the Hamming distance, the number of bits that differ.
Method by_bits(const std::string& name, const std::string& metric, Index bytes, const metrics::BinaryCodes& queries,
               const metrics::BinaryCodes& base);

/// S38: precision at k (the share of the k nearest that have the query's class) and recall at 1000 (the share of all
/// images of that class that are among them), averaged over queries, of each method.
void search(Run& run, const std::vector<Method>& methods, const data::Images& base, const data::Images& queries);

}  // namespace hourglass::HOURGLASS_BUILD
