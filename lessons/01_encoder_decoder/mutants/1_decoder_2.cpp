// The two activation functions exchanged: grey values above 1.
#include <hourglass/autograd/ops.h>

using namespace hourglass;

Variable decoder(const Variable& h, const Variable& W3, const Variable& b3, const Variable& W4, const Variable& b4) {
  const Variable hidden = sigmoid(linear(h, W3, b3));
  return relu(linear(hidden, W4, b4));
}
