#pragma once
#include <cmath>

#include <hourglass/tensor/scalar.h>

// For the kernels (tensor/*.cpp, and the count of bits in metrics/hamming.cpp): what lets one binary be fast on every
// x86-64.

// A function with this attribute is compiled three times, and the processor it runs on picks one: v4 has AVX-512, v3
// AVX2 and FMA. Sanitizers cannot start before the picking, and other compilers go without.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(HOURGLASS_PLAIN)
#define HOURGLASS_EVERY_CPU [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
// glibc's libmvec holds these functions for 4, 8 and 16 numbers at once, right for NaN and infinities and within
// 4 units in the last place; the attribute tells the vectoriser so.
#define HOURGLASS_VECTOR __attribute__((simd("notinbranch")))
#else
#define HOURGLASS_EVERY_CPU
#define HOURGLASS_VECTOR
#endif

extern "C" {
HOURGLASS_VECTOR float expf(float) noexcept;
HOURGLASS_VECTOR float expm1f(float) noexcept;
HOURGLASS_VECTOR float logf(float) noexcept;
HOURGLASS_VECTOR float log1pf(float) noexcept;
HOURGLASS_VECTOR float tanhf(float) noexcept;
HOURGLASS_VECTOR float erff(float) noexcept;
HOURGLASS_VECTOR float sinf(float) noexcept;
HOURGLASS_VECTOR float cosf(float) noexcept;
HOURGLASS_VECTOR float powf(float, float) noexcept;
HOURGLASS_VECTOR double exp(double) noexcept;
HOURGLASS_VECTOR double expm1(double) noexcept;
HOURGLASS_VECTOR double log(double) noexcept;
HOURGLASS_VECTOR double log1p(double) noexcept;
HOURGLASS_VECTOR double tanh(double) noexcept;
HOURGLASS_VECTOR double erf(double) noexcept;
HOURGLASS_VECTOR double sin(double) noexcept;
HOURGLASS_VECTOR double cos(double) noexcept;
HOURGLASS_VECTOR double pow(double, double) noexcept;
}

/// The standard functions under one name for both number types.
namespace hourglass::HOURGLASS_BUILD::simd {

inline float exp(float x) { return ::expf(x); }
inline float expm1(float x) { return ::expm1f(x); }
inline float log(float x) { return ::logf(x); }
inline float log1p(float x) { return ::log1pf(x); }
inline float tanh(float x) { return ::tanhf(x); }
inline float erf(float x) { return ::erff(x); }
inline float sin(float x) { return ::sinf(x); }
inline float cos(float x) { return ::cosf(x); }
inline float pow(float x, float p) { return ::powf(x, p); }
inline double exp(double x) { return ::exp(x); }
inline double expm1(double x) { return ::expm1(x); }
inline double log(double x) { return ::log(x); }
inline double log1p(double x) { return ::log1p(x); }
inline double tanh(double x) { return ::tanh(x); }
inline double erf(double x) { return ::erf(x); }
inline double sin(double x) { return ::sin(x); }
inline double cos(double x) { return ::cos(x); }
inline double pow(double x, double p) { return ::pow(x, p); }

}  // namespace hourglass::HOURGLASS_BUILD::simd
