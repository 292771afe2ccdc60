// The number of entries that were used at least once.
#include <cmath>
#include <vector>

#include <hourglass/tensor/error.h>

using namespace hourglass;

double perplexity(const std::vector<long>& counts) {
  double used = 0;
  for (const long c : counts) used += c > 0;
  if (used == 0) fail("perplexity: no entry was chosen");
  return used;
}
