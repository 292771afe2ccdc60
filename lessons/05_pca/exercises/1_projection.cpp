// Task 1 of lesson 05: the best linear code
//
// x [n, d] are n images, m [d] is the mean image, and the rows of W [k, d] are orthonormal directions: the first k
// principal components. Write the code and what comes back of it,
//
//     h = (x - m) Wᵀ      [n, k]
//     r = h W + m         [n, d]
//
// with the functions of tensor/elementwise.h and tensor/product.h. What is left over, x - r, has no part along any of
// the directions.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor code_of(const Tensor& x, const Tensor& m, const Tensor& W) {
  todo("code_of(x, m, W): the images are to become codes");
}

Tensor image_of(const Tensor& h, const Tensor& m, const Tensor& W) {
  todo("image_of(h, m, W): the codes are to become images");
}
