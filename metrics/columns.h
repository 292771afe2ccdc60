#pragma once
#include <vector>

#include <hourglass/tensor/tensor.h>

namespace hourglass::HOURGLASS_BUILD::metrics {

/// The mean of each column of x [n, d] and its variance, divided by n; summed in double. The variance of a column whose
/// numbers are all equal is 0. Throw, naming `what`, unless x is a matrix of finite numbers with a mean for each
/// column.
/// @{
std::vector<double> column_means(const Tensor& x, const char* what);
std::vector<double> column_variances(const Tensor& x, const std::vector<double>& means, const char* what);
/// @}

/// x_ij - m_j in double, divided by `unit`: far from the origin a mean that is rounded to Scalar is wrong by as much as
/// the numbers differ. Throws unless there is a mean for each column of x [n, d].
Tensor centered(const Tensor& x, const std::vector<double>& means, double unit = 1);

/// A power of two by which numbers up to `most` are divided so that their products neither overflow nor vanish: 1 where
/// they lie between 1e-10 and 1e15. Throws unless `most` is finite.
double safe_unit(double most);
/// The largest |x_ij - m_j|. Throws as `centered`.
double largest_deviation(const Tensor& x, const std::vector<double>& means);

/// The numbers as a tensor [d].
Tensor row_of(const std::vector<double>& numbers);

}  // namespace hourglass::HOURGLASS_BUILD::metrics
