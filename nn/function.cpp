#include "nn/function.h"

#include "tensor/error.h"

namespace hourglass::inline HOURGLASS_BUILD::nn {

Dropout::Dropout(Scalar p, Rng& rng) : p_(p), rng_(&rng) {
  require(p >= 0 && p < 1, "Dropout: p is ", p, ", expected 0 <= p < 1");
}

}  // namespace hourglass::inline HOURGLASS_BUILD::nn
