#pragma once
#include <iosfwd>
#include <string>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD {

/// The numbers as NumPy prints an array: one column width, eight digits at most, rows of 75 characters; of more than
/// 1,000 numbers, the first and last three along each axis. A rank-0 tensor is its number, an empty one "[]".
std::string to_string(const Tensor& x);
/// Writes `to_string(x)`.
std::ostream& operator<<(std::ostream& out, const Tensor& x);

}  // namespace hourglass::HOURGLASS_BUILD
