// The mean of the squares, not their sum.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) {
  const Variable shares = softmax(log_w, 1);  // w~, [n, k]
  return pow(mean(square(shares), 1), -1);
}
