#include <hourglass/tensor/activation.h>

#include <hourglass/tensor/activation_functions.h>
#include <hourglass/tensor/map.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// gy · f'
template <class F>
Tensor grad_of(F f, const char* op, const Tensor& gy, const Tensor& at) {
  return zip(gy, at, op, [=](Scalar g, Scalar v) { return f.grad(g, v); });
}

}  // namespace

Tensor relu(const Tensor& x) { return map(x, "relu", Relu()); }
Tensor leaky_relu(const Tensor& x, Number negative_slope) {
  require(negative_slope >= 0, "leaky_relu: the negative slope is ", negative_slope, ", it cannot be negative");
  return map(x, "leaky_relu", LeakyRelu{negative_slope});
}
Tensor elu(const Tensor& x, Number alpha) {
  require(alpha >= 0, "elu: alpha is ", alpha, ", it cannot be negative");
  return map(x, "elu", Elu{alpha});
}
Tensor gelu(const Tensor& x) { return map(x, "gelu", Gelu()); }
Tensor silu(const Tensor& x) { return map(x, "silu", Silu()); }
Tensor sigmoid(const Tensor& x) { return map(x, "sigmoid", Sigmoid()); }
Tensor tanh(const Tensor& x) { return map(x, "tanh", Tanh()); }
Tensor softplus(const Tensor& x) { return map(x, "softplus", Softplus()); }

Tensor relu_grad(const Tensor& gy, const Tensor& y) { return grad_of(Relu(), "relu_grad", gy, y); }
Tensor leaky_relu_grad(const Tensor& gy, const Tensor& y, Number negative_slope) {
  return grad_of(LeakyRelu{negative_slope}, "leaky_relu_grad", gy, y);
}
Tensor elu_grad(const Tensor& gy, const Tensor& x, Number alpha) { return grad_of(Elu{alpha}, "elu_grad", gy, x); }
Tensor gelu_grad(const Tensor& gy, const Tensor& x) { return grad_of(Gelu(), "gelu_grad", gy, x); }
Tensor silu_grad(const Tensor& gy, const Tensor& x) { return grad_of(Silu(), "silu_grad", gy, x); }
Tensor sigmoid_grad(const Tensor& gy, const Tensor& y) { return grad_of(Sigmoid(), "sigmoid_grad", gy, y); }
Tensor tanh_grad(const Tensor& gy, const Tensor& y) { return grad_of(Tanh(), "tanh_grad", gy, y); }

}  // namespace hourglass::HOURGLASS_BUILD
