// The normalised weights are not squared: their sum is always 1.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) {
  const Variable shares = softmax(log_w, 1);  // w~, [n, k]
  return pow(sum(shares, 1), -1);
}
