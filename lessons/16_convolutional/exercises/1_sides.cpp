// Task 1 of lesson 16: how large is what comes out?
//
// A convolution lays a window of kernel × kernel over an image of side × side, with `padding` rows of black around it,
// and moves it by `stride`. It makes one number for each place at which the window lies wholly inside:
//
//     side_after = floor((side + 2 padding - kernel) / stride) + 1
//
// The transposed convolution goes back: from that many numbers to an image of
//
//     side_back = (side - 1) stride - 2 padding + kernel + more
//
// where `more` rows are added at the end since several sides shrink to the same one.
#include <hourglass/tensor/shape.h>
#include "lessons/common/exercise/todo.h"

using namespace hourglass;

Index side_after(Index side, Index kernel, Index stride, Index padding) {
  todo("side_after(side, kernel, stride, padding): the places of the window are to be counted");
}

Index side_back(Index side, Index kernel, Index stride, Index padding, Index more) {
  todo("side_back(side, kernel, stride, padding, more): the side of the image that comes back");
}
