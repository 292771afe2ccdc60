// Task 3 of lesson 00: the chain rule for one unit
//
// One unit with a sigmoid, and the squared error of its output y against a target t:
//
//     z = w x + b,    y = σ(z) = 1 / (1 + e^-z),    L = (y - t)²
//
// Compute L and both derivatives by the chain rule, without the library's backward:
//
//     dL/dw = dL/dy · dy/dz · dz/dw,     dL/db = dL/dy · dy/dz · dz/db
//
// `backward` multiplies the same factors, one for each op, from the last to the first.
#include <cmath>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

struct Slopes {
  double loss, dw, db;
};

Slopes unit(double w, double b, double x, double t) {
  todo("unit(w, b, x, t): compute L, dL/dw and dL/db");
}
