// Task 1 of lesson 02: interpolation in the latent space
//
// h0 [k] and h1 [k] are the codes of two images. Return `points` codes on the straight line between them, in equal
// steps, from h0 (row 0) to h1 (the last row), both included:
//
//     h(t) = (1 - t) h0 + t h1,    t = 0, 1/(points-1), 2/(points-1), …, 1
//
// The result is [points, k], with `points` at least 2. Decoded row by row, it is the interpolation of the lesson. No
// gradients are needed; read a tensor's numbers with data() and write them with write_() (tensor/tensor.h).
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor walk(const Tensor& h0, const Tensor& h1, Index points) {
  todo("walk(h0, h1, points): compute the codes on the line between h0 and h1");
}
