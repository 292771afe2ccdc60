// No tolerance: right results that are rounded differently are rejected.
#include <cmath>
#include <functional>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

using namespace hourglass;

bool softmax_is_right(const std::function<Tensor(const Tensor&)>& softmax) {
  const double log2 = std::log(2.0), log5 = std::log(5.0);
  const Tensor x({4, 3},
                 {0, log2, log5, -1 + log5, -1, -1 + log2, 1000, 1000 + log5, 1000 + log2, -1000, -1000, -1000});
  const Tensor expected({4, 3}, {1.0 / 8, 2.0 / 8, 5.0 / 8, 5.0 / 8, 1.0 / 8, 2.0 / 8, 1.0 / 8, 5.0 / 8, 2.0 / 8,
                                 1.0 / 3, 1.0 / 3, 1.0 / 3});
  const Tensor before = x.clone();
  const Tensor found = softmax(x);
  if (found.shape() != expected.shape()) return false;
  const double change = amax(abs(x - before)).item(), error = amax(abs(found - expected)).item();
  return change == 0 && error == 0;
}
