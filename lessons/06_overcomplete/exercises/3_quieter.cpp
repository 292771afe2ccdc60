// Task 3 of lesson 06: a penalty that can be cheated
//
// The net of task 2, h = relu(x W1ᵀ + b1) and r = h W2ᵀ + b2, with any weights, pays λ Σ |h| for its code. Write
// `quieter(net, c)`: weights of a net whose code is c times as large, for a c > 0, and whose r is the same for every x.
// With c = 0.001 it pays a thousandth, and has learned nothing. The given net must stay as it is.
#include <hourglass/tensor/elementwise.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};

Weights quieter(const Weights& net, double c) { todo("quieter(net, c): the same r, c times the code"); }
