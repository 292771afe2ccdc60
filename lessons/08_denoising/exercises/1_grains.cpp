// Task 1 of lesson 08: salt and pepper
//
// x [n, d] are images of numbers from 0 to 1, u [n, d] as many numbers that were drawn evenly from 0 to 1. A share p of
// the pixels is to be lost, half of them to black, half of them to white:
//
//     x~ = 0 where u < p/2,     x~ = 1 where p/2 <= u < p,     x~ = x elsewhere
//
// Write x~, a new tensor; x stays as it is. Loops over `data()` do (`write_()` to write); no gradient is needed.
#include <hourglass/tensor/tensor.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Tensor grains(const Tensor& x, const Tensor& u, Scalar p) { todo("grains(x, u, p): pixels are to be lost"); }
