// Does not subtract the largest logarithm: weights of e^-1000 become 0 / 0.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) {
  const Variable shares = exp(log_w) / sum(exp(log_w), 1, Keep::yes);  // w~, [n, k]
  return pow(sum(square(shares), 1), -1);
}
