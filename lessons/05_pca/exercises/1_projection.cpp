// Task 1 of lesson 05: the best linear code
//
// The rows of x [n, d] are n images, m [d] is the mean image, and the rows of W [k, d] are orthonormal: the first k
// principal components. Write the code and the reconstruction,
//
//     h = (x - m) Wᵀ      [n, k]
//     r = h W + m         [n, d]
//
// with the functions of tensor/elementwise.h and tensor/product.h. The residual x - r is orthogonal to every row of W.
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/product.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor code_of(const Tensor& x, const Tensor& m, const Tensor& W) { todo("code_of(x, m, W): the codes of the images"); }

Tensor image_of(const Tensor& h, const Tensor& m, const Tensor& W) {
  todo("image_of(h, m, W): the reconstructions from the codes");
}
