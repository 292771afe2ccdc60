#pragma once
#include <span>
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The index of the largest number of each row of z [n, classes], the first of equal ones. Throws on NaN.
std::vector<int> predicted_classes(const Tensor& z);

/// The share of equal entries. Throws unless both are equally long and not empty.
double share_equal(std::span<const int> a, std::span<const int> b);

/// How large a share of the labels each of the classes 0 … classes-1 has: whether a generator has lost any.
/// Throws when a label lies outside, or there is none.
std::vector<double> class_shares(std::span<const int> labels, int classes);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
