// e to the power of the entropy in bits.
#include <cmath>
#include <vector>

#include <hourglass/tensor/error.h>

using namespace hourglass;

double perplexity(const std::vector<long>& counts) {
  double all = 0, bits = 0;
  for (const long c : counts) all += double(c);
  if (all == 0) fail("perplexity: no entry was chosen");
  for (const long c : counts)
    if (c > 0) bits -= double(c) / all * std::log2(double(c) / all);
  return std::exp(bits);
}
