#pragma once
#include <fmt/format.h>

#include <string>

#include <hourglass/tensor/print.h>

/// `fmt::print("{}\n", x)` prints a Tensor or a Variable as NumPy prints an array (tensor/print.h).
template <hourglass::TensorOrVariable T>
struct fmt::formatter<T> : fmt::formatter<std::string> {
  /// Writes `to_string(x)`.
  auto format(const T& x, fmt::format_context& context) const {
    return fmt::formatter<std::string>::format(to_string(x), context);
  }
};
