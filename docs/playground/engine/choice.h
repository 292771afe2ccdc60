#pragma once
#include <cstdint>
#include <vector>

#include <hourglass/tensor/product.h>

namespace hourglass::HOURGLASS_BUILD::playground {

inline constexpr Index pixels = 784;  ///< of a digit, 28 × 28

enum class Variant { undercomplete, sparse, denoising, variational, adversarial };

/// What a visitor chooses. The three that `tune` changes may move while the training runs.
struct Choice {
  Variant variant = Variant::undercomplete;
  std::vector<Index> hidden = {128};
  Index code = 32;
  Activation activation = Activation::relu;
  Scalar learning_rate = Scalar(1e-3);
  Scalar noise = Scalar(0.5);    ///< of a denoising autoencoder's input: the deviation
  Scalar penalty = Scalar(0.1);  ///< λ of the sparse one, β of the variational one
  Index batch = 128;
  std::uint64_t seed = 1;
};

/// Throws, naming what is wrong and what would be right, on a choice that cannot be trained.
void check(const Choice& choice);

}  // namespace hourglass::HOURGLASS_BUILD::playground
