// Counts the decoder once for each image.
#include <hourglass/tensor/shape.h>

using namespace hourglass;

Index code_bytes(Index code, Index bits) { return (code * bits + 7) / 8; }

Index total_bytes(Index images, Index code, Index bits, Index weights) {
  return images * (code_bytes(code, bits) + 4 * weights);
}

Index break_even(Index input, Index code, Index bits, Index weights) {
  const Index saved = input - code_bytes(code, bits);
  return saved > 0 ? 4 * weights / saved + 1 : 0;
}
