#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

// Ops whose gradient is agreed upon, not derived.

// y = m x / (1 - p), with m drawn anew: 1 with probability 1 - p.   dy/dx = m / (1 - p)
Variable dropout(const Variable& x, Number p, Rng& rng) {
  require(p >= 0 && p < 1, "dropout: p is ", p, ", expected 0 <= p < 1");
  if (p == 0) return affine(x, 1);
  return where(rng.bernoulli(x.shape(), 1 - p), x, 0) / (1 - p);
}

// y = round(x),   dy/dx := 1
Variable round_straight_through(const Variable& x) {
  return record("round_straight_through", round(x.value()), {x}, Save::nothing,
                [](Node&, const Variable& gy) { return gy; });
}

}  // namespace hourglass::HOURGLASS_BUILD
