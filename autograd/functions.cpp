#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

// y = e^x,   dy/dx = y
Variable exp(const Variable& x) {
  return record("exp", exp(x.value()), {x}, Save::output, [](Node& n, const Variable& gy) { return gy * n.output(); });
}

// y = e^x - 1,   dy/dx = e^x
Variable expm1(const Variable& x) {
  return record("expm1", expm1(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy * exp(n.input(0)); });
}

// y = log(1 + x),   dy/dx = 1 / (1 + x)
Variable log1p(const Variable& x) {
  return record("log1p", log1p(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy / (1 + n.input(0)); });
}

// y = sin x,   dy/dx = cos x
Variable sin(const Variable& x) {
  return record("sin", sin(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy * cos(n.input(0)); });
}

// y = cos x,   dy/dx = -sin x
Variable cos(const Variable& x) {
  return record("cos", cos(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return -(gy * sin(n.input(0))); });
}

// y = log x,   dy/dx = 1 / x
Variable log(const Variable& x) {
  return record("log", log(x.value()), {x}, Save::inputs, [](Node& n, const Variable& gy) { return gy / n.input(0); });
}

// y = √x,   dy/dx = 1 / (2 y)
Variable sqrt(const Variable& x) {
  return record("sqrt", sqrt(x.value()), {x}, Save::output,
                [](Node& n, const Variable& gy) { return gy / (2 * n.output()); });
}

// y = |x|,   dy/dx = sign x
Variable abs(const Variable& x) {
  return record("abs", abs(x.value()), {x}, Save::inputs, [](Node& n, const Variable& gy) {
    const Tensor s = sign(n.input(0).value());
    return where(s, gy * s, 0);
  });
}

// y = x^p,   dy/dx = p x^(p-1)
Variable pow(const Variable& x, Number exponent) {
  const Scalar p = exponent;
  return record("pow", pow(x.value(), p), {x}, Save::inputs, [p](Node& n, const Variable& gy) {
    if (p == 0) return Variable(Tensor::zeros(gy.shape()));
    if (p == 1) return gy;
    return p == 2 ? gy * (2 * n.input(0)) : gy * (p * pow(n.input(0), p - 1));
  });
}

// y = x^p,   dy/dx = p x^(p-1),   dy/dp = y log x, which is 0 at x = 0, p >= 0
Variable pow(const Variable& x, const Variable& p) {
  return record("pow", pow(x.value(), p.value()), {x, p}, Save::both, [](Node& n, const Variable& gy) {
    const Variable &x = n.input(0), &p = n.input(1);
    Variable gx, gp;
    if (n.needs(0)) gx = sum_to(where(p.value(), gy * (p * pow(x, p - 1)), 0), n.input_shape(0));
    const Tensor at_zero = where(eq(x.value(), Tensor::scalar(0)), p.value() >= 0, 0);
    if (n.needs(1)) gp = sum_to(where(at_zero, 0, gy * (n.output() * log(x))), n.input_shape(1));
    return Gradients{gx, gp};
  });
}

// y = min(max(x, low), high),   dy/dx = [low <= x <= high]
Variable clamp(const Variable& x, Number low, Number high) {
  return record("clamp", clamp(x.value(), low, high), {x}, Save::inputs,
                [=](Node& n, const Variable& gy) { return where(inside(n.input(0).value(), low, high), gy, 0); });
}

}  // namespace hourglass::HOURGLASS_BUILD
