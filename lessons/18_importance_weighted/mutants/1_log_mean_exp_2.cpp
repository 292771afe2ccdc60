// The sum, not the mean: for k equal weights the result must be the logarithm of that weight.
#include <cmath>

#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable log_mean_exp(const Variable& log_w) {
  const Variable most = amax(log_w, 1, Keep::yes).detach();  // [n, 1]
  const Variable total = sum(exp(log_w - most), 1);
  return log(total) + reshape(most, total.shape());
}
