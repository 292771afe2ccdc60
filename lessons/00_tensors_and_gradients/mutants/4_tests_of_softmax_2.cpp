// A single row: the wrong axis is noticed, a mix-up of rows is not.
#include <cmath>
#include <functional>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

bool softmax_is_right(const std::function<Tensor(const Tensor&)>& softmax) {
  const double log2 = std::log(2.0), log5 = std::log(5.0);
  const Tensor x({1, 3}, {-1000, -1000 + log2, -1000 + log5});
  const Tensor expected({1, 3}, {1.0 / 8, 2.0 / 8, 5.0 / 8});
  const Tensor before = x.clone();
  const Tensor found = softmax(x);
  if (found.shape() != expected.shape()) return false;
  const double change = amax(abs(x - before)).item(), error = amax(abs(found - expected)).item();
  return change == 0 && error < 1e-12;
}
