// The mean of the shares of single images.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

double lost_share(const Tensor& r, const Tensor& x) {
  const Variable from = x;
  if (sum(square(from)).item() <= 0) return 0;
  return static_cast<double>(mean(sum(square(from - r), 1) / sum(square(from), 1)).item());
}
