// Task 2 of lesson 16: a convolution by hand
//
// One image x [height, width], one kernel w [k, k]:
//
//     y[i, j] = Σ_a Σ_b w[a, b] · x[i stride + a - padding, j stride + b - padding]
//
// where x is 0 outside of the image. (It is a correlation, since the kernel is not mirrored; in deep learning it is
// called a convolution.) The result is [(height + 2 padding - k) / stride + 1, (width + 2 padding - k) / stride + 1].
// Read numbers with x.data()[row * width + column], write them with y.write_()[…]; Tensor::zeros({rows, columns}) makes
// a tensor.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor correlate(const Tensor& x, const Tensor& w, Index stride, Index padding) {
  todo("correlate(x, w, stride, padding): the window has not been laid anywhere yet");
}
