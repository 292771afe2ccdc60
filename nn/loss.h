#pragma once
#include <hourglass/autograd/variable.h>

namespace hourglass::HOURGLASS_BUILD {

/// What a loss is counted in. Every loss here is summed over the numbers of an image and averaged over images.
enum class Unit { squared_error_per_image, nats_per_image, bits_per_dimension, critic_score };
/// "squared error per image", …
const char* to_text(Unit unit);

/// A loss with its unit and scale: without them two losses cannot be compared.
struct Loss {
  Variable value;  ///< rank 0; what `backward` is called on
  Unit unit;
  Scalar beta = 0;  ///< the effective weight of the KL term beside the reconstruction; 0 where there is none
  Variable reconstruction = {}, penalty = {};  ///< what `value` is the sum of, where it is one
};

namespace nn {

/// Σ (r - x)² / n: squared error per image, for r and x [n, …].
Loss squared_error(const Variable& r, const Variable& x);
/// Σ -(x log σ(z) + (1 - x) log(1 - σ(z))) / n: cross-entropy in nats per image, for logits z and targets x in [0, 1].
Loss binary_cross_entropy_with_logits(const Variable& logits, const Variable& x);

/// L(x, r) + Ω: the reconstruction's loss and what a variant adds to it, a single number in the same unit, both kept.
Loss with_penalty(const Loss& reconstruction, const Variable& penalty);

}  // namespace nn
}  // namespace hourglass::HOURGLASS_BUILD
