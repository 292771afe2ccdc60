#pragma once
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::data {

/// Each image of x [n, height · width] moved by a random whole number of pixels, up to `most` each way, black coming in
/// at the edge: data augmentation. Throws unless x has height · width columns and 0 <= most < both.
Tensor shifted(const Tensor& x, Index height, Index width, Index most, Rng& rng);

/// Each image of x [n, height · width] moved by `down` and `right` pixels (up and to the left where they are negative),
/// black coming in at the edge. Throws unless x has height · width columns and both are nearer to 0 than its sides.
Tensor shifted_by(const Tensor& x, Index height, Index width, Index down, Index right);

}  // namespace hourglass::HOURGLASS_BUILD::data
