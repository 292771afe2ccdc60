// Task 1 of lesson 08: salt-and-pepper noise
//
// x [n, d] are images with pixels from 0 to 1; u [n, d] are numbers drawn uniformly from 0 to 1. Replace a share p of
// the pixels, half of them by 0, half of them by 1:
//
//     x~ = 0 where u < p/2,     x~ = 1 where p/2 <= u < p,     x~ = x elsewhere
//
// Return x~ as a new tensor; x must not change. Loops over `data()` suffice (`write_()` to write); no gradient is
// needed.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor grains(const Tensor& x, const Tensor& u, Scalar p) { todo("grains(x, u, p): salt-and-pepper noise is missing"); }
