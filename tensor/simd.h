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
// 4 units in the last place; the attribute declares so to the vectoriser.
#define HOURGLASS_VECTOR __attribute__((simd("notinbranch")))
#else
#define HOURGLASS_EVERY_CPU
#define HOURGLASS_VECTOR
#endif

// libm's function for numbers of type Scalar.
#ifdef HOURGLASS_DOUBLE
#define HOURGLASS_LIBM(name) name
#else
#define HOURGLASS_LIBM(name) name##f
#endif

extern "C" {
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(exp)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(expm1)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(log)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(log1p)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(tanh)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(erf)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(sin)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(cos)(hourglass::Scalar) noexcept;
HOURGLASS_VECTOR hourglass::Scalar HOURGLASS_LIBM(pow)(hourglass::Scalar, hourglass::Scalar) noexcept;
}

/// The standard functions.
namespace hourglass::HOURGLASS_BUILD::simd {

inline Scalar exp(Scalar x) { return ::HOURGLASS_LIBM(exp)(x); }
inline Scalar expm1(Scalar x) { return ::HOURGLASS_LIBM(expm1)(x); }
inline Scalar log(Scalar x) { return ::HOURGLASS_LIBM(log)(x); }
inline Scalar log1p(Scalar x) { return ::HOURGLASS_LIBM(log1p)(x); }
inline Scalar tanh(Scalar x) { return ::HOURGLASS_LIBM(tanh)(x); }
inline Scalar erf(Scalar x) { return ::HOURGLASS_LIBM(erf)(x); }
inline Scalar sin(Scalar x) { return ::HOURGLASS_LIBM(sin)(x); }
inline Scalar cos(Scalar x) { return ::HOURGLASS_LIBM(cos)(x); }
inline Scalar sqrt(Scalar x) { return std::sqrt(x); }
inline Scalar abs(Scalar x) { return std::abs(x); }
inline Scalar round(Scalar x) { return std::nearbyint(x); }

}  // namespace hourglass::HOURGLASS_BUILD::simd
