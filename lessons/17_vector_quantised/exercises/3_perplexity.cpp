// Task 3 of lesson 17: the perplexity of a codebook
//
// counts[j] is how often entry j was chosen. With p_j = counts[j] / Σ counts, return
//
//     2^H,   H = -Σ_j p_j log₂ p_j      (0 log 0 is 0)
//
// the number of equally frequent entries with the same entropy: 64 if 64 entries are chosen equally often, 1 if it is
// always the same entry. Call `fail("…")` (tensor/error.h), which throws an error, if all counts are 0.
#include <cmath>
#include <vector>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double perplexity(const std::vector<long>& counts) { todo("perplexity(counts): the entropy is missing"); }
