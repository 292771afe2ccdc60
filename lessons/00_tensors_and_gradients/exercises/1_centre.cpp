// Task 1 of lesson 00: what is left of a batch when its mean is taken away
//
// A batch x [n, d] holds n images of d numbers, row by row. Write
//
//     m_j = (1/n) Σ_i x_ij                 the mean image, d numbers
//     centred(x)_ij = x_ij - m_j           what distinguishes each image from it, [n, d]
//
// x itself must stay as it is. Use what tensor/reduce.h and tensor/elementwise.h offer, or loops over x.data().
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor centred(const Tensor& x) { todo("centred(x): the mean of each column is to be taken away"); }
