#include "nn/function.h"

#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

Dropout::Dropout(Scalar p, Rng& rng) : p_(p), rng_(rng.fork(rng.below(~std::uint64_t{0}))) {
  require(p >= 0 && p < 1, "Dropout: p is ", p, ", expected 0 <= p < 1");
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
