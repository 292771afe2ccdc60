#pragma once
#include <hourglass/tensor/tensor.h>

// What optimisers do to a parameter, each in one pass over the memory and in place.
namespace hourglass::HOURGLASS_BUILD::tensor {

/// The constants of one step t of Adam (`nn::Adam`).
struct AdamStep {
  Scalar rate;                      ///< η
  Scalar beta1, beta2;              ///< how slowly the averages forget
  Scalar epsilon;                   ///< keeps the quotient finite where v is 0
  Scalar decay;                     ///< AdamW: p shrinks by rate · decay before the step
  Scalar penalty;                   ///< L2: penalty · p is added to the gradient
  Scalar correction1, correction2;  ///< 1 - βᵗ
};

/// m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²,   p ← p - η (m / c₁) / (√(v / c₂) + ε)
void adam_(Tensor& p, const Tensor& g, Tensor& m, Tensor& v, const AdamStep& step);

/// The constants of one step of gradient descent (`nn::Sgd`).
struct SgdStep {
  Scalar rate;                 ///< η
  Scalar momentum, dampening;  ///< u ← momentum u + (1 - dampening) g
  Scalar penalty;              ///< L2: penalty · p is added to the gradient
  bool nesterov;               ///< p moves by g + momentum u instead of by u
};

/// p ← p - η (u or g + μ u); `u` is empty where there is no momentum. `first`: u starts as g.
void sgd_(Tensor& p, const Tensor& g, Tensor& u, bool first, const SgdStep& step);

/// The constants of one step of RMSProp (`nn::RmsProp`): η, α, ε, μ; penalty · p is added to the gradient.
struct RmsPropStep {
  Scalar rate, alpha, epsilon, momentum, penalty;
};

/// v ← α v + (1 - α) g²,   u ← μ u + g / (√v + ε),   p ← p - η u; `u` is empty where there is no momentum.
void rmsprop_(Tensor& p, const Tensor& g, Tensor& v, Tensor& u, const RmsPropStep& step);

}  // namespace hourglass::HOURGLASS_BUILD::tensor
