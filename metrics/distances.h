#pragma once
#include <functional>
#include <vector>

#include "tensor/tensor.h"

namespace hourglass::inline HOURGLASS_BUILD::metrics {

/// The squared norm ‖x_i‖² of each row of x [n, d], kept in double. Throws unless x is a matrix.
std::vector<double> squared_norms(const Tensor& x);

/// Calls use(i, row) for each row i of a [n, d], with row[j] = ‖a_i - b_j‖² for the rows of b [m, d]. The distances are
/// ‖a‖² + ‖b‖² - 2 a·b, so that nearly all of the work is one matrix product, done block by block: memory stays
/// bounded however many rows there are. Rows of a block are handed out on several threads at once.
/// Throws, naming `what`, unless a and b have equally many columns and all numbers and squared norms are finite.
void each_distance_row(const Tensor& a, const Tensor& b, const char* what,
                       const std::function<void(Index i, const Scalar* row)>& use);

}  // namespace hourglass::inline HOURGLASS_BUILD::metrics
