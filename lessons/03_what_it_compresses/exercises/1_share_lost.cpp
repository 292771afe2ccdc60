// Task 1 of lesson 03: the share that is lost
//
// An error of 20 is much for faint pictures and little for strong ones. Write it as a share of what there was to lose:
// the squared error of reconstructions r [n, d] of images x [n, d], over that of the mean image m_j = (1/n) Σ_i x_ij,
//
//     Σ_ij (r_ij - x_ij)²  /  Σ_ij (m_j - x_ij)²
//
// 0 is a perfect copy, 1 is as good as saying the mean image to everything; it can be more than 1. If all images are
// equal there is nothing to lose, and the share is 0 where nothing was lost, else infinite.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

double share_lost(const Tensor& r, const Tensor& x) { todo("share_lost(r, x): the error over the variance"); }
