// Task 2 of lesson 00: a numerical gradient
//
// Central differences approximate a derivative by two values of the function near x:
//
//     f'(x) ≈ (f(x + ε) - f(x - ε)) / (2 ε)
//
// For a function of several numbers this gives one partial derivative at a time. Write
//
//     slopes(f, x)_j = ∂f/∂x_j,   for x [d]: [d]
//
// with an error below 10^-6. Choose ε with care. If it is too large, the curvature of f causes a truncation error. If
// it is too small, the two values agree in nearly all digits and rounding dominates. (Scalar is double here.)
// x itself must be unchanged when the function returns.
#include <functional>

#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor slopes(const std::function<double(const Tensor&)>& f, const Tensor& x) {
  todo("slopes(f, x): evaluate f on both sides of each entry of x");
}
