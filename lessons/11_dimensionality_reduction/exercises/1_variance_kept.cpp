// Task 1 of lesson 11: explained variance
//
// r [n, d] are reconstructions of the images x [n, d]. Without any code, the best constant output is the mean image m
// of x, whose squared error is the variance of the images. Return the share of this variance that the reconstructions
// keep:
//
//     kept = 1 - Σ ‖x_i - r_i‖² / Σ ‖x_i - m‖²,     m = 1/n Σ x_i
//
// It is 1 for a perfect reconstruction, 0 for the mean image, and negative for anything worse. No gradient is needed;
// use tensors or loops.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double variance_kept(const Tensor& r, const Tensor& x) {
  todo("variance_kept(r, x): the explained variance is missing");
}
