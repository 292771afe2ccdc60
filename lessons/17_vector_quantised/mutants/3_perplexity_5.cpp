// Counts that are all 0 give 1, not an error.
#include <cmath>
#include <vector>

#include <hourglass/tensor/error.h>

using namespace hourglass;

double perplexity(const std::vector<long>& counts) {
  double all = 0, bits = 0;
  for (const long c : counts) all += double(c);

  for (const long c : counts)
    if (c > 0) bits -= double(c) / all * std::log2(double(c) / all);
  return std::exp2(bits);
}
