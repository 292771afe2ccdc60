#include <hourglass/autograd/jacobian.h>

#include <hourglass/autograd/backward.h>
#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD {

Tensor jacobian(const Variable& y, const Variable& x) {
  std::vector<Tensor> rows;
  for (Index row = 0; row < y.numel(); ++row) {
    Tensor unit = Tensor::zeros({y.numel()});
    unit.at_({row}) = 1;
    rows.push_back(grad(y, x, Graph::keep, unit.reshape(y.shape())).value().reshape({-1}));
  }
  return stack(rows);
}

}  // namespace hourglass::HOURGLASS_BUILD
