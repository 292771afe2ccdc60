#pragma once
#include <span>

#include <hourglass/metrics/estimate.h>
#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// How well classes keep apart, from -1 to 1: the mean of s_i = (b_i - a_i) / max(a_i, b_i), with a_i the mean distance
/// of x_i to the others of its class and b_i the smallest mean distance to another class; s_i = 0 in a class of one
/// (Rousseeuw 1987), and where all rows coincide. All rows of x [n, d] are compared with all: hand in a sample of some
/// thousands. Throws unless there is a label, at least 0, for each row, at least two classes, and all numbers are
/// finite.
Estimate silhouette(const Tensor& x, std::span<const int> labels);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
