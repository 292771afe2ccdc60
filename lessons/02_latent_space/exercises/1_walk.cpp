// Task 1 of lesson 02: a walk through the space of codes
//
// h0 [k] and h1 [k] are the codes of two images. Between them lies a straight line; write the `points` codes on it, in
// equal steps, from h0 (row 0) to h1 (the last row), both included:
//
//     h(t) = (1 - t) h0 + t h1,    t = 0, 1/(points-1), 2/(points-1), …, 1
//
// [points, k]. `points` is at least 2. Decoded row by row, this is the walk of the lesson. Gradients are not asked for;
// a tensor's numbers are read with data() and written with write_() (tensor/tensor.h).
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor walk(const Tensor& h0, const Tensor& h1, Index points) {
  todo("walk(h0, h1, points): the codes between two codes");
}
