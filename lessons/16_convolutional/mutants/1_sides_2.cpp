// Padding on one side only.
#include <hourglass/tensor/shape.h>

using namespace hourglass;

Index side_after(Index side, Index kernel, Index stride, Index padding) {
  return (side + padding - kernel) / stride + 1;
}

Index side_back(Index side, Index kernel, Index stride, Index padding, Index more) {
  return (side - 1) * stride - 2 * padding + kernel + more;
}
