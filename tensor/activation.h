#pragma once
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD {

/// The activation φ of a layer: `Activation::relu`, or `Activation::leaky(0.2)` where the negative slope is not
/// PyTorch's 0.01.
struct Activation {
  enum Kind { none, relu, leaky_relu, sigmoid, tanh, gelu, silu };
  Kind kind = none;
  Scalar negative_slope = Scalar(0.01);  ///< of leaky ReLU

  /// Of this kind; implicit, so that a kind stands for its activation.
  constexpr Activation(Kind k = none) : kind(k) {}
  /// Leaky ReLU with another negative slope (0.2 in Radford et al. 2016, §3).
  static constexpr Activation leaky(Number negative_slope) {
    Activation made(leaky_relu);
    made.negative_slope = negative_slope;
    return made;
  }
  /// Whether it is applied in the same pass as a product's bias: its derivative is computed from the output alone. The
  /// others follow as ops of their own.
  constexpr bool is_fused() const { return kind != gelu && kind != silu; }
  /// Whether both are the same function.
  constexpr bool operator==(const Activation&) const = default;
};

/// The activations as autograd/ops.h defines them, element by element.
/// @{
Tensor relu(const Tensor& x);
Tensor leaky_relu(const Tensor& x, Number negative_slope = 0.01);
Tensor elu(const Tensor& x, Number alpha = 1);
Tensor gelu(const Tensor& x);
Tensor silu(const Tensor& x);
Tensor sigmoid(const Tensor& x);
Tensor tanh(const Tensor& x);
Tensor softplus(const Tensor& x);
/// @}

/// gy · dy/dx in one pass, from the output y where that is enough, else from the input x.
/// @{
Tensor relu_grad(const Tensor& gy, const Tensor& y);
Tensor leaky_relu_grad(const Tensor& gy, const Tensor& y, Number negative_slope);
Tensor elu_grad(const Tensor& gy, const Tensor& x, Number alpha);
Tensor gelu_grad(const Tensor& gy, const Tensor& x);
Tensor silu_grad(const Tensor& gy, const Tensor& x);
Tensor sigmoid_grad(const Tensor& gy, const Tensor& y);
Tensor tanh_grad(const Tensor& gy, const Tensor& y);
/// @}

}  // namespace hourglass::HOURGLASS_BUILD
