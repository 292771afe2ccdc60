// Task 1 of lesson 11: what is kept
//
// Images x [n, d] came back as r [n, d]. What would be lost without any code is their variance about their mean image
// m; what is lost with the code is the squared error:
//
//     kept = 1 - Σ ‖x_i - r_i‖² / Σ ‖x_i - m‖²,     m = 1/n Σ x_i
//
// 1 for a perfect reconstruction, 0 for the mean image, below 0 for something worse. Plain numbers; tensors or
// loops.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double variance_kept(const Tensor& r, const Tensor& x) {
  todo("variance_kept(r, x): the share of the variance is to be computed");
}
