#include <hourglass/autograd/jacobian.h>

#include <algorithm>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD {

Tensor jacobian(const Variable& y, const Variable& x) {
  Tensor matrix({y.size(), x.size()});
  Scalar* to = matrix.write_();
  for (Index row = 0; row < y.size(); ++row) {
    Tensor unit = Tensor::zeros(y.shape());
    unit.write_()[row] = 1;
    const Variable g = grad(y, x, Graph::keep, Variable(unit));
    std::copy_n(g.value().data(), x.size(), to + row * x.size());
  }
  return matrix;
}

Tensor hessian_vector(const std::function<Variable(const Variable&)>& f, const Tensor& x, const Tensor& v) {
  require(x.shape() == v.shape(), "hessian_vector: x ", x.shape(), " and v ", v.shape(), " differ");
  const Variable at = Variable::parameter(x);
  const Variable slope = sum(grad(f(at), at, Graph::create) * Variable(v));
  if (!slope.requires_grad()) return Tensor::zeros(x.shape());  // f is linear
  return grad(slope, at).value();
}

}  // namespace hourglass::HOURGLASS_BUILD
