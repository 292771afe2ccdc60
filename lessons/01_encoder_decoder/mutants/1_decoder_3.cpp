// Omits the inner bias.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable decoder(const Variable& h, const Variable& W3, const Variable&, const Variable& W4, const Variable& b4) {
  const Variable hidden = relu(matmul(h, W3, Transpose::no, Transpose::yes));
  return sigmoid(linear(hidden, W4, b4));
}
