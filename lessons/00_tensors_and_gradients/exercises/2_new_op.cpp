// Task 2 of lesson 00: a new op
//
// An op consists of a value and a backward function. The backward function takes the gradient gy of the output to the
// gradient of the input (the vector-Jacobian product). Write softsign, which the library does not have:
//
//     y = x / (1 + |x|),     dy/dx = 1 / (1 + |x|)²
//
// The value is a Tensor, computed from x.value(). `record` stores it together with the backward function:
//
//     return record("softsign", VALUE, {x}, Save::inputs, [](Node& n, const Variable& gy) { return GRADIENT; });
//
// In the backward function, n.input(0) is the input x as a Variable. Build the gradient from ops on Variables
// (autograd/ops.h): then it is recorded itself, and second derivatives exist. See autograd/functions.cpp for examples.
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include <hourglass/tensor/elementwise.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable softsign(const Variable& x) { todo("softsign(x): record a value and a backward function"); }
