// Task 4 of lesson 00: an op of your own
//
// An op is a value and a rule: how the gradient gy of its output becomes the gradient of its input. Write softsign,
// which the library does not have:
//
//     y = x / (1 + |x|),     dy/dx = 1 / (1 + |x|)²
//
// The value is a Tensor, computed from x.value(), and `record` keeps it together with the rule:
//
//     return record("softsign", VALUE, {x}, Save::inputs, [](Node& n, const Variable& gy) { return GRADIENT; });
//
// In the rule, n.input(0) is x again, as a Variable. The rule must be made of ops on Variables
// (autograd/ops.h): then it is recorded itself, and the gradient can be differentiated, too. autograd/functions.cpp shows how others do it.
#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/elementwise.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable softsign(const Variable& x) { todo("softsign(x): a value and a rule are to be recorded"); }
