// The squared gradient of the sum of all components, in place of the sum of the squared gradients.
#include <functional>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable penalty_of_any_encoder(const std::function<Variable(const Variable&)>& f, const Tensor& x) {
  const Variable input = Variable::parameter(x), h = f(input);
  return sum(square(grad(sum(h), input, Graph::create))) / static_cast<Scalar>(x.size(0));
}
