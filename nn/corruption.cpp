#include <hourglass/nn/corruption.h>

#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::nn {

Tensor Corruption::operator()(const Tensor& x, Rng& rng) const {
  const bool probability = kind == Kind::masking || kind == Kind::salt_and_pepper;
  require(amount >= 0 && (!probability || amount <= 1), "Corruption: an amount of ", amount, ", expected 0 or more",
          probability ? ", and at most 1" : "");
  if (kind == Kind::none) return x;
  // hole gaussian: for Kind::gaussian x + amount · ε, ε ~ N(0, I)
  if (kind == Kind::gaussian) return x + rng.normal(x.shape(), 0, amount);
  // end of hole
  // hole clipped: for Kind::clipped_gaussian the same, kept in [0, 1]
  if (kind == Kind::clipped_gaussian) return clamp(x + rng.normal(x.shape(), 0, amount), 0, 1);
  // end of hole
  // hole masking: for Kind::masking each number becomes 0 with probability `amount`
  if (kind == Kind::masking) return where(rng.bernoulli(x.shape(), 1 - amount), x, 0);
  // end of hole
  if (kind == Kind::salt_and_pepper) {
    // hole salt_and_pepper: each number is replaced with probability `amount`, by 0 or 1 at random
    const Tensor kept = rng.bernoulli(x.shape(), 1 - amount), grains = rng.bernoulli(x.shape(), 0.5);
    return where(kept, x, grains);
    // end of hole
  }
  fail("Corruption: unknown kind ", static_cast<int>(kind));
}

Tensor binarize(const Tensor& x, Rng& rng) { return rng.uniform(x.shape()) < x; }

}  // namespace hourglass::HOURGLASS_BUILD::nn
