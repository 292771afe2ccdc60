// Σ w~² without the reciprocal: 1 if one weight dominates, 1/k if all are equal.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) {
  const Variable shares = softmax(log_w, 1);  // w~, [n, k]
  return sum(square(shares), 1);
}
