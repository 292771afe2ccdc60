#pragma once
#include "tensor/tensor.h"

// What optimisers do to a parameter, each in one pass over the memory and in place.
namespace hourglass::inline HOURGLASS_BUILD::tensor {

struct AdamStep {
  Scalar rate;          ///< η
  Scalar beta1, beta2;  ///< how slowly the averages forget
  Scalar epsilon;
  Scalar decay;                     ///< AdamW: p shrinks by rate · decay before the step
  Scalar penalty;                   ///< L2: penalty · p is added to the gradient
  Scalar correction1, correction2;  ///< 1 - βᵗ
};

/// m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²,   p ← p - η (m / c₁) / (√(v / c₂) + ε)
void adam_(Tensor& p, const Tensor& g, Tensor& m, Tensor& v, const AdamStep& step);

}  // namespace hourglass::inline HOURGLASS_BUILD::tensor
