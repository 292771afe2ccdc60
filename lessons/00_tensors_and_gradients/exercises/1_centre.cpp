// Task 1 of lesson 00: subtract the mean image from a batch
//
// A batch x [n, d] holds n images of d pixels, one image in each row. Write
//
//     m_j = (1/n) Σ_i x_ij                 the mean image, d numbers
//     centred(x)_ij = x_ij - m_j           each image minus the mean image, [n, d]
//
// x itself must not change. Use the functions of tensor/reduce.h and tensor/elementwise.h, or loops over x.data().
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor centred(const Tensor& x) { todo("centred(x): subtract the mean of each column"); }
