// The additional rows are forgotten.
#include <hourglass/tensor/shape.h>

using namespace hourglass;

Index side_after(Index side, Index kernel, Index stride, Index padding) {
  return (side + 2 * padding - kernel) / stride + 1;
}

Index side_back(Index side, Index kernel, Index stride, Index padding, Index more) {
  return (side - 1) * stride - 2 * padding + kernel + 0 * more;
}
