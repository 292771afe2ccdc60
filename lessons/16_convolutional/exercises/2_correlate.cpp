// Task 2 of lesson 16: a convolution, written with loops
//
// For one image x [height, width] and one kernel w [k, k]:
//
//     y[i, j] = Σ_a Σ_b w[a, b] · x[i stride + a - padding, j stride + b - padding]
//
// where x is 0 outside the image. (It is a cross-correlation, since the kernel is not flipped; in deep learning it is
// called a convolution.) The result has the shape
// [(height + 2 padding - k) / stride + 1, (width + 2 padding - k) / stride + 1], with integer divisions.
// Read an entry with x.data()[row * width + column], and write one with y.write_()[…]; Tensor::zeros({rows, columns})
// returns a new tensor.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor correlate(const Tensor& x, const Tensor& w, Index stride, Index padding) {
  todo("correlate(x, w, stride, padding): the sums of products are missing");
}
