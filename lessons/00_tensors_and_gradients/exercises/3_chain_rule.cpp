// Task 3 of lesson 00: the chain rule, walked by hand
//
// One unit with a sigmoid, and what its answer costs:
//
//     z = w x + b,    y = σ(z) = 1 / (1 + e^-z),    L = (y - t)²
//
// Write the value and both derivatives, from the chain rule and without asking the library:
//
//     dL/dw = dL/dy · dy/dz · dz/dw,     dL/db = dL/dy · dy/dz · dz/db
//
// This is what `backward` does, one factor at each op, from the last to the first.
#include <cmath>

#include "lessons/common/exercise/todo.h"

using namespace hourglass;

struct Slopes {
  double loss, dw, db;
};

Slopes unit(double w, double b, double x, double t) {
  todo("unit(w, b, x, t): L, dL/dw and dL/db are to be worked out");
}
