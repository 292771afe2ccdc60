#pragma once
#include <concepts>
#include <type_traits>

#include <hourglass/tensor/scalar.h>

namespace hourglass::HOURGLASS_BUILD {

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
