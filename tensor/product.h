#pragma once
#include <hourglass/tensor/activation.h>

namespace hourglass::HOURGLASS_BUILD {

/// Whether an operand of a product is read as it is or by columns. A transpose is a flag, never a copy.
enum class Transpose { no, yes };

/// op(a) · op(b), with op(a) [m, k] and op(b) [k, n]: [m, n]. Throws unless both are matrices whose inner sizes agree.
/// The same bits at any thread count.
Tensor matmul(const Tensor& a, const Tensor& b, Transpose ta = Transpose::no, Transpose tb = Transpose::no);

/// φ(x Wᵀ + b), with x [n, in], W [out, in], b [out]: [n, out], bias and φ applied while the product is in cache.
/// An empty b stands for none.
Tensor linear(const Tensor& x, const Tensor& W, const Tensor& b, Activation activation);

}  // namespace hourglass::HOURGLASS_BUILD
