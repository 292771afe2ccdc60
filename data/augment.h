#pragma once
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::data {

/// Each image of x [n, height · width] moved by a random whole number of pixels, up to `most` each way, black coming in
/// at the edge: more images of the same things. Throws unless x has height · width columns and 0 <= most < both.
Tensor shifted(const Tensor& x, Index height, Index width, Index most, Rng& rng);

}  // namespace hourglass::HOURGLASS_BUILD::data
