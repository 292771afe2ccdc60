// Task 2 of lesson 06: a net that copies, without having learned anything
//
// An overcomplete net of one hidden layer, for inputs of d numbers and a code of 2 d:
//
//     h = relu(x W1ᵀ + b1),    r = h W2ᵀ + b2,    W1 [2 d, d],  b1 [2 d],  W2 [d, 2 d],  b2 [d]
//
// Choose the weights such that r = x for every x, negative and large numbers included. No training: what must W1 do so
// that the relu throws nothing away?
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

struct Weights {
  Tensor W1, b1, W2, b2;
};

Weights copier(Index d) { todo("copier(d): weights of a net that copies"); }
