#pragma once
#include <vector>

#include "tensor/tensor.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

/// The mean of each column of x [n, d] and its variance, divided by n; summed in double. The variance of a column whose
/// numbers are all equal is 0. Throw, naming `what`, unless x is a matrix.
/// @{
std::vector<double> column_means(const Tensor& x, const char* what);
std::vector<double> column_variances(const Tensor& x, const std::vector<double>& means, const char* what);
/// @}

/// The numbers as a tensor [d].
Tensor row_of(const std::vector<double>& numbers);

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
