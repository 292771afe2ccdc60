// The transposed convolution ignores the size of the kernel.
#include <hourglass/tensor/shape.h>

using namespace hourglass;

Index side_after(Index side, Index kernel, Index stride, Index padding) {
  return (side + 2 * padding - kernel) / stride + 1;
}

Index side_back(Index side, Index kernel, Index stride, Index padding, Index more) {
  return side * stride - 2 * padding + more;
}
