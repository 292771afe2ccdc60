// Normalises over the images, not over the samples of an image.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable draws_that_count(const Variable& log_w) {
  const Variable shares = softmax(log_w, 0);  // w~, [n, k]
  return pow(sum(square(shares), 1), -1);
}
