// Task 1 of lesson 16: the output sizes of a convolution and of a transposed convolution
//
// A convolution moves a window of kernel × kernel pixels over an image of side × side pixels, in steps of `stride`. The
// image is padded with `padding` rows and columns of zeros on each side. The output has one entry for each position at
// which the window lies inside the padded image:
//
//     side_after = floor((side + 2 padding - kernel) / stride) + 1
//
// The transposed convolution has an input of side × side and an output of side_back × side_back, with
//
//     side_back = (side - 1) stride - 2 padding + kernel + more
//
// The `more` rows and columns at the end choose between the several sizes that a convolution maps to the same size.
#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index side_after(Index side, Index kernel, Index stride, Index padding) {
  todo("side_after(side, kernel, stride, padding): the number of window positions is missing");
}

Index side_back(Index side, Index kernel, Index stride, Index padding, Index more) {
  todo("side_back(side, kernel, stride, padding, more): the side of the output is missing");
}
