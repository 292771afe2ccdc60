// An absolute tolerance: a wrong gradient near 10^-7 passes, and a right one near 10^5 is rejected.
#include <cmath>
#include <functional>
#include <span>
#include <vector>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>

using namespace hourglass;

using Op = std::function<Variable(std::span<const Variable>)>;

bool gradient_is_right(const Op& f, const std::vector<Tensor>& inputs) {
  const double epsilon = 1e-5;
  std::vector<Variable> x;
  for (const Tensor& input : inputs) x.push_back(Variable::parameter(input.clone()));
  const Variable y = f(x);
  Rng rng(1);
  const Tensor v = rng.normal(y.shape());
  const auto loss = [&](std::size_t i, Index j, double shift) {
    Tensor moved = inputs[i].clone();
    moved.write_()[j] += shift;
    std::vector<Variable> at = x;
    at[i] = Variable::parameter(moved);
    return sum(f(at).value() * v).item();
  };
  const Variables gradients = grad(y, x, Graph::keep, v);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Tensor& g = gradients[i].value();
    for (Index j = 0; j < g.numel(); ++j) {
      const double measured = (loss(i, j, epsilon) - loss(i, j, -epsilon)) / (2 * epsilon);
      if (!(std::abs(g.data()[j] - measured) <= 1e-6)) return false;
    }
  }
  return true;
}
