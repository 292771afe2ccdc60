// Task 2 of lesson 00: a gradient without calculus
//
// Any derivative can be had from the function alone, by asking at two places near x:
//
//     f'(x) ≈ (f(x + ε) - f(x - ε)) / (2 ε)
//
// and so can the gradient of a function of many numbers, one number at a time. Write
//
//     slopes(f, x)_j = ∂f/∂x_j,   for x [d]: [d]
//
// with an error below 10^-6 of the true gradient. Which ε does that? Try some: too large, and the curve bends between
// the two places; too small, and the two values differ in their last digits only. (Scalar is double here.)
// x itself must be as before when you return.
#include <functional>

#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor slopes(const std::function<double(const Tensor&)>& f, const Tensor& x) {
  todo("slopes(f, x): f is to be asked on both sides of each number of x");
}
