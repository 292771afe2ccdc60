#pragma once
#include <concepts>
#include <cstdint>
#include <type_traits>

// The one place that chooses the number type. Every source is compiled twice: with float into the inline namespace f32
// (library `hourglass`), and with double into f64 (library `hourglass_f64`) for gradient checks and exact likelihoods.
// Linking both is safe; mixing them is a linker error. The namespace is declared inline here, once: other files open it
// as an ordinary one, and every tool lists their functions.
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

/// A number beside a tensor, or in the settings of a layer or an optimiser: an int, an Index, a float or a double
/// alike, rounded to Scalar once.
class Number {
 public:
  /// Any number but a bool.
  template <class T>
  requires(std::is_arithmetic_v<T> && !std::same_as<T, bool>) constexpr Number(T value)
      : value_(static_cast<Scalar>(value)) {}
  /// As it was rounded.
  constexpr operator Scalar() const { return value_; }

 private:
  Scalar value_;
};

}  // namespace hourglass::HOURGLASS_BUILD
