// A shared tensor instead of a copy: x is changed.
#include <functional>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor slopes(const std::function<double(const Tensor&)>& f, const Tensor& x) {
  const double epsilon = 1e-5;
  Tensor slope(x.shape());
  for (Index j = 0; j < x.numel(); ++j) {
    Tensor up = x, down = x;
    up.write_()[j] += epsilon;
    down.write_()[j] -= epsilon;
    slope.write_()[j] = (f(up) - f(down)) / (2 * epsilon);
  }
  return slope;
}
