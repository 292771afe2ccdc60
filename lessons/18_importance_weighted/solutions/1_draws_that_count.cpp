#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) {
  const Variable shares = softmax(log_w, 1);  // w~, [n, k]
  return pow(sum(square(shares), 1), -1);
}
