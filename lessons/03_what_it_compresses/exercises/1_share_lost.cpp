// Task 1 of lesson 03: the share of the variance that is lost
//
// A squared error of 20 is large for images of low contrast and small for images of high contrast. Divide it by the
// variance: the squared error of reconstructions r [n, d] of images x [n, d], divided by that of the mean image
// m_j = (1/n) Σ_i x_ij,
//
//     Σ_ij (r_ij - x_ij)²  /  Σ_ij (m_j - x_ij)²
//
// It is 0 for an exact copy and 1 for the mean image as every reconstruction; it can be larger than 1. If all images
// are equal, their variance is 0. Then return 0 if the error is 0, too, and infinity otherwise.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double share_lost(const Tensor& r, const Tensor& x) {
  todo("share_lost(r, x): divide the squared error by the variance");
}
