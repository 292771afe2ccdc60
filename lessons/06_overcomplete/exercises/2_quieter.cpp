// Task 2 of lesson 06: the L1 penalty depends on the scale of the code
//
// The autoencoder of task 1, h = relu(x W1ᵀ + b1) and r = h W2ᵀ + b2, with any weights, has the penalty λ Σ |h| on its
// code. Write `quieter(start, c)`: weights with the same reconstruction r for every x, whose code is multiplied by c >
// 0. With c = 0.001 the penalty is a thousandth, and nothing about the data has been learned. The given weights must
// not be changed.
#include <hourglass/tensor/elementwise.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};

Weights quieter(const Weights& start, double c) { todo("quieter(start, c): the same r, the code times c"); }
