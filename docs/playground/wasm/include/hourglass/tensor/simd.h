// In the place of tensor/simd.h: no choice of processor, and the functions one number at a time.
#pragma once
#include <cmath>

#include <hourglass/tensor/scalar.h>

#define HOURGLASS_EVERY_CPU
#define HOURGLASS_VECTOR

namespace hourglass::HOURGLASS_BUILD::simd {

using std::abs;
using std::cos;
using std::erf;
using std::exp;
using std::expm1;
using std::log;
using std::log1p;
using std::pow;
using std::sin;
using std::sqrt;
using std::tanh;
inline Scalar round(Scalar x) { return std::nearbyint(x); }

}  // namespace hourglass::HOURGLASS_BUILD::simd
