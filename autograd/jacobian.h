#pragma once
#include <functional>

#include <hourglass/autograd/variable.h>

namespace hourglass::HOURGLASS_BUILD {

/// ∂y/∂x as a matrix [numbers of y, numbers of x], one backward pass a row; y's graph is kept.
Tensor jacobian(const Variable& y, const Variable& x);
/// ∂²f/∂x² · v for a function to a single number, by differentiating the gradient against v (Pearlmutter 1994).
/// Throws unless v has the shape of x.
Tensor hessian_vector(const std::function<Variable(const Variable&)>& f, const Tensor& x, const Tensor& v);

}  // namespace hourglass::HOURGLASS_BUILD
