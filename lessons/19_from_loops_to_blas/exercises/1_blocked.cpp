// Task 1 of lesson 19: a blocked product of matrices of any size
//
// y [m, n] = a [m, k] · b [k, n]. Divide all three sides into blocks of `side` numbers; the last block of
// a side is shorter where the side is not a multiple. Add up the products of blocks:
//
//     y_IJ = Σ_L a_IL b_LJ        with I, J, L over the blocks
//
// so that only three blocks of side × side numbers are needed at a time. Write
//
//     product_in_blocks(a, b, side)      [m, n]
//
// with loops over a.data(), b.data() and y.write_(), without the library's matmul. Each y_ij must be summed from l = 0
// to k - 1 in this order, so that its bits do not depend on `side`.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor product_in_blocks(const Tensor& a, const Tensor& b, Index side) {
  todo("product_in_blocks(a, b, side): three loops over blocks, three within a block");
}
