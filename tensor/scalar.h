#pragma once
#include <cstdint>

// The one place that chooses the number type. Every source is compiled twice: with float into the inline namespace f32
// (library `hourglass`), and with double into f64 (library `hourglass_f64`) for gradient checks and exact likelihoods.
// Linking both is safe; mixing them is a linker error. The namespace is declared inline here, once: other files open it
// as an ordinary one, and every tool sees their functions.
#ifdef HOURGLASS_DOUBLE
#define HOURGLASS_BUILD f64
#else
#define HOURGLASS_BUILD f32
#endif

#ifdef __clang__  // which recommends the word `inline` wherever the namespace is opened
#pragma clang diagnostic ignored "-Winline-namespace-reopened-noninline"
#endif

/// Tensors, and the ops that are differentiated.
namespace hourglass {
inline namespace HOURGLASS_BUILD {}
}  // namespace hourglass

namespace hourglass::HOURGLASS_BUILD {

#ifdef HOURGLASS_DOUBLE
using Scalar = double;
inline constexpr const char* scalar_name = "float64";
#else
using Scalar = float;
inline constexpr const char* scalar_name = "float32";
#endif

/// Counts and positions. Signed, so that a negative one can be noticed.
using Index = std::int64_t;

}  // namespace hourglass::HOURGLASS_BUILD
