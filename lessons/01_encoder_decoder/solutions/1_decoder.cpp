#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable decoder(const Variable& h, const Variable& W3, const Variable& b3, const Variable& W4, const Variable& b4) {
  const Variable hidden = relu(linear(h, W3, b3));
  return sigmoid(linear(hidden, W4, b4));
}
