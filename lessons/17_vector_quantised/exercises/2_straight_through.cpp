// Task 2 of lesson 17: the straight-through estimator
//
// The chosen entries h are piecewise constant as a function of the encoder's output z: the derivative is zero almost
// everywhere. The decoder's input u therefore has the value of h, but its gradient is passed on to z unchanged:
//
//     value:  u = h           gradient:  dL/dz = dL/du,   dL/dh = 0
//
// Return u. From autograd/variable.h: v.detach() has the value of v, and no gradient passes through it.
#include <hourglass/autograd/ops.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Variable straight_through(const Variable& z, const Variable& h) {
  todo("straight_through(z, h): the value of h with the gradient of z is missing");
}
