// Task 3 of lesson 16: the way back
//
// The decoder goes the other way: from a small map y to an image [height, width]. Each number of y lays the kernel,
// times itself, onto the place that the encoder's window read:
//
//     x[i stride + a - padding, j stride + b - padding] += w[a, b] · y[i, j]
//
// What falls outside of the image is lost. So `spread` is the transpose of `correlate` of task 2: for any x and y,
// Σ correlate(x) · y = Σ x · spread(y). It is also what carries a gradient back through a convolution.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor spread(const Tensor& y, const Tensor& w, Index height, Index width, Index stride, Index padding) {
  todo("spread(y, w, height, width, stride, padding): nothing is laid onto the image yet");
}
