#pragma once
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// How a denoising autoencoder's input is corrupted (Vincent et al. 2010, §3).
struct Corruption {
  enum class Kind {
    none,
    gaussian,          ///< x + amount · N(0, 1)
    clipped_gaussian,  ///< the same, kept in [0, 1]: an image still
    masking,           ///< each number 0 with probability `amount`
    salt_and_pepper,   ///< each number 0 or 1, at equal odds, with probability `amount`
  } kind = Kind::none;
  Number amount = 0;

  /// x~, drawn anew. Throws on a negative amount, and on one above 1 where it is a probability.
  Tensor operator()(const Tensor& x, Rng& rng) const;
};

/// 1 with the grey value as probability, else 0, drawn anew: dynamic binarisation (Salakhutdinov & Murray
/// 2008). A fixed test set is this, once, with a stated seed.
Tensor binarize(const Tensor& x, Rng& rng);

}  // namespace hourglass::HOURGLASS_BUILD::nn
