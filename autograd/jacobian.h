#pragma once
#include <hourglass/autograd/variable.h>

namespace hourglass::HOURGLASS_BUILD {

/// ∂y/∂x as a matrix [numbers of y, numbers of x], one backward pass a row; y's graph is kept.
Tensor jacobian(const Variable& y, const Variable& x);

}  // namespace hourglass::HOURGLASS_BUILD
