#pragma once
#include <hourglass/tensor/random.h>

namespace hourglass::HOURGLASS_BUILD::nn {

/// How weights start. `fan_in` and `fan_out` are the numbers that meet in, and leave from, one unit.
enum class Init {
  zeros,
  uniform_fan_in,   ///< U(±1/√fan_in): PyTorch's Linear and Conv2d
  xavier_uniform,   ///< U(±√(6 / (fan_in + fan_out))): Glorot & Bengio 2010, "normalized initialization"
  xavier_normal,    ///< N(0, 2 / (fan_in + fan_out))
  kaiming_normal,   ///< N(0, 2 / fan_in), for ReLU: Kaiming He et al. 2015, §2.2
  kaiming_uniform,  ///< U(±√(6 / fan_in))
  sparse,           ///< 15 N(0, 1) weights into each unit, the others 0: Martens 2010, §5
};

/// A weight [out, …in]. Throws when a size is below 1.
Tensor initial(Init init, const Shape& shape, Index fan_in, Index fan_out, Rng& rng);

}  // namespace hourglass::HOURGLASS_BUILD::nn
