// Task 3 of lesson 16: the transposed convolution
//
// The decoder enlarges a small map y to an image x [height, width]. Each entry of y multiplies the kernel, and the
// product is added to the window of x from which a convolution would have computed this entry:
//
//     x[i stride + a - padding, j stride + b - padding] += w[a, b] · y[i, j]
//
// What lies outside the image is discarded. As linear maps, `spread` is the transpose of `correlate` of task 2: for any
// x and y, Σ correlate(x) · y = Σ x · spread(y). It is also the backward function of a convolution with respect to its
// input.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor spread(const Tensor& y, const Tensor& w, Index height, Index width, Index stride, Index padding) {
  todo("spread(y, w, height, width, stride, padding): the sums of products are missing");
}
