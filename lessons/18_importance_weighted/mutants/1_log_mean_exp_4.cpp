// The largest logarithm is subtracted, but not added again.
#include <cmath>

#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable log_mean_exp(const Variable& log_w) {
  const Variable most = amax(log_w, 1, Keep::yes).detach();  // [n, 1]
  const Variable total = sum(exp(log_w - most), 1);
  return log(total) - std::log(static_cast<Scalar>(log_w.size(1)));
}
