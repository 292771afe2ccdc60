// Σ w~² itself: 1 where one draw counts, 1/k where all do.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) {
  const Variable shares = softmax(log_w, 1);  // w~, [n, k]
  return sum(square(shares), 1);
}
