#include <hourglass/nn/layer_norm.h>

#include <cmath>

#include <hourglass/autograd/ops.h>

namespace hourglass::HOURGLASS_BUILD::nn {

LayerNorm::LayerNorm(Index size, Number epsilon) : epsilon(epsilon) {
  require(std::isfinite(Scalar(epsilon)), "LayerNorm: epsilon is ", epsilon, ", expected a finite number");
  weight = Variable::parameter(Tensor::full({size}, 1));
  bias = Variable::parameter(Tensor::zeros({size}));
}

Variable LayerNorm::forward(const Variable& x) { return layer_norm(x, weight, bias, epsilon); }

void LayerNorm::describe(NetworkSpec& into, const std::string& prefix) const {
  into.push_back({"layer_norm", prefix, Activation::none, {{"epsilon", epsilon}}});
}

}  // namespace hourglass::HOURGLASS_BUILD::nn
