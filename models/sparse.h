#pragma once
#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The sparse autoencoder: any size of code, but a penalty on its activity.
///
///     L(x, g(f(x))) + λ Ω(h)
///
///     l1:  h = relu(W₁ x + b₁),   Ω(h) = Σ_j |h_j|, averaged over images            (Olshausen & Field 1996)
///     kl:  h = σ(W₁ x + b₁),      Ω(h) = Σ_j KL(ρ ‖ ρ̂_j),  ρ̂_j the batch's mean of h_j    (Ng 2011; Lee et al. 2007)
struct Sparse : Autoencoder {
  /// Which Ω(h).
  enum class Penalty { l1, kl };
  /// Sizes, and the penalty on an active code.
  struct Options {
    Index input = 784, code = 1024;
    Penalty penalty = Penalty::l1;
    Number weight = 0.1;  ///< λ
    Number rate = 0.05;   ///< ρ, the target: a unit's mean activation (kl)
  };
  /// Throws on a negative λ, and unless 0 < ρ < 1.
  Sparse(const Options& options, Rng& rng);

  /// Ω(h) of a batch of codes.
  Variable penalty(const Variable& h) const;
  /// L(x, g(f(x))) + λ Ω(h), squared error per image.
  Loss loss(const Tensor& x);

  Options options;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
