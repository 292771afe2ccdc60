#pragma once
#include <hourglass/models/autoencoder.h>

namespace hourglass::HOURGLASS_BUILD::models {

/// The contractive autoencoder: a penalty keeps the code from changing much when the input does.
///
///     h = σ(W₁ x + b₁),   L(x, g(f(x))) + λ ‖∂f(x)/∂x‖²_F                       (Rifai et al. 2011)
///
/// The norm of the Jacobian is exact for any encoder: one pass of second order for each unit of the code.
struct Contractive : Autoencoder {
  /// Sizes, and the weight of the penalty.
  struct Options {
    Index input = 784, code = 64;
    Number weight = 0.1;  ///< λ
  };
  /// Throws on a negative λ.
  Contractive(const Options& options, Rng& rng);

  /// ‖∂f(x)/∂x‖² per image, by differentiating the encoder; itself differentiable.
  Variable penalty(const Tensor& x);
  /// The same in closed form for one sigmoid layer:  Σ_j (h_j (1 - h_j))² Σ_i W_ji²
  Variable closed_form(const Tensor& x);
  /// Squared error per image, and λ `penalty`.
  Loss loss(const Tensor& x);

  Options options;
};

}  // namespace hourglass::HOURGLASS_BUILD::models
