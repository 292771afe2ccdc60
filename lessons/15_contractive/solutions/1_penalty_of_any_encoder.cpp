#include <functional>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable penalty_of_any_encoder(const std::function<Variable(const Variable&)>& f, const Tensor& x) {
  const Variable input = Variable::parameter(x), h = f(input);
  Variable total = Tensor::scalar(0);
  for (Index j = 0; j < h.size(1); ++j)  // row j of every image's Jacobian at once
    total = total + sum(square(grad(sum(narrow(h, 1, j, 1)), input, Graph::create)));
  return total / static_cast<Scalar>(x.size(0));
}
