// A backward function on plain tensors: the first derivative is right, but it cannot be differentiated again.
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include <hourglass/tensor/elementwise.h>

using namespace hourglass;

Variable softsign(const Variable& x) {
  const Tensor value = x.value() / (abs(x.value()) + 1);
  return record("softsign", value, {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy / square(abs(n.input(0).detach()) + 1); });
}
