// Changes all entries at once.
#include <functional>

#include <hourglass/tensor/tensor.h>

using namespace hourglass;

Tensor slopes(const std::function<double(const Tensor&)>& f, const Tensor& x) {
  const double epsilon = 1e-5;
  Tensor slope(x.shape());
  for (Index j = 0; j < x.numel(); ++j) {
    Tensor up = x.clone(), down = x.clone();
    for (Index i = 0; i < x.numel(); ++i) up.write_()[i] += epsilon;
    for (Index i = 0; i < x.numel(); ++i) down.write_()[i] -= epsilon;
    slope.write_()[j] = (f(up) - f(down)) / (2 * epsilon);
  }
  return slope;
}
