// Entries with a count of 0 are not skipped: the result is NaN.
#include <cmath>
#include <vector>

#include <hourglass/tensor/error.h>

using namespace hourglass;

double perplexity(const std::vector<long>& counts) {
  double all = 0, bits = 0;
  for (const long c : counts) all += double(c);
  if (all == 0) fail("perplexity: no entry was chosen");
  for (const long c : counts) bits -= double(c) / all * std::log2(double(c) / all);
  return std::exp2(bits);
}
