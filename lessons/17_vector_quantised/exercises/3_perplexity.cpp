// Task 3 of lesson 17: how many entries are in use?
//
// counts[j] says how often entry j was chosen. With p_j = counts[j] / Σ counts, return
//
//     2^H,   H = -Σ_j p_j log₂ p_j      (0 log 0 is 0)
//
// the number of equally frequent entries that would say as much: 64 if all of 64 are chosen equally often, 1 if it is
// always the same. Throw `fail("…")` (tensor/error.h) if nothing was chosen at all.
#include <cmath>
#include <vector>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double perplexity(const std::vector<long>& counts) { todo("perplexity(counts): the entries in use are to be counted"); }
