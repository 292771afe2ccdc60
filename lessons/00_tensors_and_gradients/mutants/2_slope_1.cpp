// Too small a step: the rounding error dominates.
#include <functional>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor slopes(const std::function<double(const Tensor&)>& f, const Tensor& x) {
  const double epsilon = 1e-12;
  Tensor slope(x.shape());
  for (Index j = 0; j < x.numel(); ++j) {
    Tensor up = x.clone(), down = x.clone();
    up.write_()[j] += epsilon;
    down.write_()[j] -= epsilon;
    slope.write_()[j] = (f(up) - f(down)) / (2 * epsilon);
  }
  return slope;
}
