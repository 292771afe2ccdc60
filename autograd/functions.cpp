#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/elementwise.h>

namespace hourglass::HOURGLASS_BUILD {

// y = e^x,   dy/dx = y
Variable exp(const Variable& x) {
  return record("exp", tensor::exp(x.value()), {x}, Save::output,
                [](Node& n, const Variable& gy) { return gy * n.output(); });
}

// y = e^x - 1,   dy/dx = e^x
Variable expm1(const Variable& x) {
  return record("expm1", tensor::expm1(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy * exp(n.input(0)); });
}

// y = log x,   dy/dx = 1 / x
Variable log(const Variable& x) {
  return record("log", tensor::log(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy / n.input(0); });
}

// y = √x,   dy/dx = 1 / (2 y)
Variable sqrt(const Variable& x) {
  return record("sqrt", tensor::sqrt(x.value()), {x}, Save::output,
                [](Node& n, const Variable& gy) { return gy / (2 * n.output()); });
}

// y = |x|,   dy/dx = sign x
Variable abs(const Variable& x) {
  return record("abs", tensor::abs(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return masked_div(gy, tensor::sign(n.input(0).value())); });
}

// y = x^p,   dy/dx = p x^(p-1)
Variable pow(const Variable& x, Scalar p) {
  return record("pow", tensor::pow(x.value(), p), {x}, Save::inputs, [p](Node& n, const Variable& gy) {
    if (p == 0) return Variable(Tensor::zeros(gy.shape()));
    if (p == 1) return gy;
    return p == 2 ? gy * (2 * n.input(0)) : gy * (p * pow(n.input(0), p - 1));
  });
}

// y = min(max(x, low), high),   dy/dx = [low <= x <= high]
Variable clamp(const Variable& x, Scalar low, Scalar high) {
  return record("clamp", tensor::clamp(x.value(), low, high), {x}, Save::inputs, [=](Node& n, const Variable& gy) {
    return masked_div(gy, tensor::inside(n.input(0).value(), low, high));
  });
}

}  // namespace hourglass::HOURGLASS_BUILD
