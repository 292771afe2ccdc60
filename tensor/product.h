#pragma once
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD {

/// Whether an operand of a product is read as it is or by columns. A transpose is a flag, never a copy.
enum class Transpose { no, yes };

/// What a layer puts on its output. The first five are put on in the same pass as the bias: their gradient can be told
/// from the output alone. The others follow as ops of their own.
enum class Activation { none, relu, leaky_relu, sigmoid, tanh, gelu, silu };
inline constexpr Activation last_fused = Activation::tanh;

/// The slope of leaky ReLU below zero where it is fused (Goodfellow's GAN lineage: Radford et al. 2016, §3).
inline constexpr Scalar leaky_slope = Scalar(0.2);

namespace tensor {

/// op(a) · op(b), with op(a) [m, k] and op(b) [k, n]: [m, n]. Throws unless both are matrices whose inner sizes agree.
/// The same bits at any thread count.
Tensor matmul(const Tensor& a, const Tensor& b, Transpose ta = Transpose::no, Transpose tb = Transpose::no);

/// φ(x Wᵀ + b), with x [n, in], W [out, in], b [out]: [n, out], bias and φ applied while the product is in cache.
/// An empty b stands for none.
Tensor linear(const Tensor& x, const Tensor& W, const Tensor& b, Activation activation);

}  // namespace tensor
}  // namespace hourglass::HOURGLASS_BUILD
