#include <limits>
#include <numbers>

#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

// y = max(x, 0),   dy/dx = [y > 0]
Variable relu(const Variable& x) {
  return record("relu", relu(x.value()), {x}, Save::output,
                [](Node& n, const Variable& gy) { return relu_grad(gy, n.output()); });
}

// gx = gy [y > 0]: linear in gy, and flat in y
Variable relu_grad(const Variable& gy, const Variable& y) {
  return record("relu_grad", relu_grad(gy.value(), y.value()), {gy, y}, Save::inputs, [](Node& n, const Variable& g) {
    return Gradients{relu_grad(g, n.input(1)), Variable()};
  });
}

// y = x for x > 0, else c x,   dy/dx = 1 for y > 0, else c
Variable leaky_relu(const Variable& x, Number slope) {
  return record("leaky_relu", leaky_relu(x.value(), slope), {x}, Save::output,
                [slope](Node& n, const Variable& gy) { return leaky_relu_grad(gy, n.output(), slope); });
}

Variable leaky_relu_grad(const Variable& gy, const Variable& y, Number slope) {
  return record("leaky_relu_grad", leaky_relu_grad(gy.value(), y.value(), slope), {gy, y}, Save::inputs,
                [slope](Node& n, const Variable& g) {
                  return Gradients{leaky_relu_grad(g, n.input(1), slope), Variable()};
                });
}

// y = x for x > 0, else α (e^x - 1),   dy/dx = 1 for x > 0, else α e^x
Variable elu(const Variable& x, Number alpha) {
  return record("elu", elu(x.value(), alpha), {x}, Save::inputs,
                [alpha](Node& n, const Variable& gy) { return elu_grad(gy, n.input(0), alpha); });
}

// gx = gy (x > 0 ? 1 : α e^x),   dgx/dx = gy α e^x [x < 0]
Variable elu_grad(const Variable& gy, const Variable& x, Number alpha) {
  return record("elu_grad", elu_grad(gy.value(), x.value(), alpha), {gy, x}, Save::inputs,
                [alpha](Node& n, const Variable& g) {
                  const Variable &gy = n.input(0), &x = n.input(1);
                  constexpr Scalar infinity = std::numeric_limits<Scalar>::infinity();
                  const Tensor below = inside(x.value(), -infinity, -std::numeric_limits<Scalar>::min());
                  return Gradients{elu_grad(g, x, alpha), where(below, elu_grad(g * gy, x, alpha), 0)};
                });
}

// y = x Φ(x),   dy/dx = Φ(x) + x φ(x)
Variable gelu(const Variable& x) {
  return record("gelu", gelu(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gelu_grad(gy, n.input(0)); });
}

// d/dx (Φ + x φ) = φ (2 - x²): 0 long before x² leaves the range of numbers
Variable gelu_grad(const Variable& gy, const Variable& x) {
  return record("gelu_grad", gelu_grad(gy.value(), x.value()), {gy, x}, Save::inputs, [](Node& n, const Variable& g) {
    constexpr Scalar inv_sqrt_2pi = std::numbers::inv_sqrtpi_v<Scalar> / std::numbers::sqrt2_v<Scalar>;
    const Variable &gy = n.input(0), &x = n.input(1);
    const Variable xx = clamp(square(x), 0, Scalar(1e5));
    return Gradients{gelu_grad(g, x), g * gy * ((2 - xx) * (inv_sqrt_2pi * exp(Scalar(-0.5) * xx)))};
  });
}

// y = x σ(x),   dy/dx = σ (1 + x (1 - σ))
Variable silu(const Variable& x) {
  return record("silu", silu(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return silu_grad(gy, n.input(0)); });
}

// d/dx σ (1 + x (1 - σ)) = σ (1 - σ) (2 + x (1 - 2σ))
Variable silu_grad(const Variable& gy, const Variable& x) {
  return record("silu_grad", silu_grad(gy.value(), x.value()), {gy, x}, Save::inputs, [](Node& n, const Variable& g) {
    const Variable &gy = n.input(0), &x = n.input(1);
    const Variable s = sigmoid(x);
    return Gradients{silu_grad(g, x), g * gy * s * (1 - s) * (2 + x * (1 - 2 * s))};
  });
}

// y = 1 / (1 + e^-x),   dy/dx = y (1 - y)
Variable sigmoid(const Variable& x) {
  return record("sigmoid", sigmoid(x.value()), {x}, Save::output,
                [](Node& n, const Variable& gy) { return sigmoid_grad(gy, n.output()); });
}

// gx = gy y (1 - y),   dgx/dy = gy (1 - 2 y)
Variable sigmoid_grad(const Variable& gy, const Variable& y) {
  return record("sigmoid_grad", sigmoid_grad(gy.value(), y.value()), {gy, y}, Save::inputs,
                [](Node& n, const Variable& g) {
                  // hole sigmoid_grad: the two gradients of gy y (1 - y): with respect to gy, and to y
                  const Variable &gy = n.input(0), &y = n.input(1);
                  return Gradients{sigmoid_grad(g, y), n.needs(1) ? g * gy * (1 - 2 * y) : Variable()};
                  // end of hole
                });
}

// y = tanh x,   dy/dx = 1 - y²
Variable tanh(const Variable& x) {
  return record("tanh", tanh(x.value()), {x}, Save::output,
                [](Node& n, const Variable& gy) { return tanh_grad(gy, n.output()); });
}

// gx = gy (1 - y²),   dgx/dy = -2 gy y
Variable tanh_grad(const Variable& gy, const Variable& y) {
  return record("tanh_grad", tanh_grad(gy.value(), y.value()), {gy, y}, Save::inputs, [](Node& n, const Variable& g) {
    const Variable &gy = n.input(0), &y = n.input(1);
    return Gradients{tanh_grad(g, y), n.needs(1) ? -2 * (g * gy * y) : Variable()};
  });
}

// y = log(1 + e^x),   dy/dx = σ(x)
Variable softplus(const Variable& x) {
  return record("softplus", softplus(x.value()), {x}, Save::inputs,
                [](Node& n, const Variable& gy) { return gy * sigmoid(n.input(0)); });
}

Variable activation_grad(Activation activation, const Variable& gy, const Variable& y) {
  const Activation::Kind kind = activation.kind;
  if (kind == Activation::none) return affine(gy, 1);
  if (kind == Activation::relu) return relu_grad(gy, y);
  if (kind == Activation::leaky_relu) return leaky_relu_grad(gy, y, activation.negative_slope);
  if (kind == Activation::sigmoid) return sigmoid_grad(gy, y);
  if (kind == Activation::tanh) return tanh_grad(gy, y);
  fail("activation_grad: the derivative of activation ", static_cast<int>(kind), " needs its input");
}

Variable activate(Activation activation, const Variable& x) {
  const Activation::Kind kind = activation.kind;
  if (kind == Activation::none) return affine(x, 1);
  if (kind == Activation::relu) return relu(x);
  if (kind == Activation::leaky_relu) return leaky_relu(x, activation.negative_slope);
  if (kind == Activation::sigmoid) return sigmoid(x);
  if (kind == Activation::tanh) return tanh(x);
  if (kind == Activation::gelu) return gelu(x);
  if (kind == Activation::silu) return silu(x);
  fail("activate: unknown activation ", static_cast<int>(kind));
}

// y = e^x / Σ e^x,   gx = y (gy - Σ gy y)
Variable softmax(const Variable& x, int axis) {
  const Tensor e = exp(sub(x.value(), row_max(x.value(), axis, "softmax")));
  return record("softmax", div(e, sum(e, axis, Keep::yes)), {x}, Save::output, [axis](Node& n, const Variable& gy) {
    // hole softmax: gx from y and gy
    const Variable y = n.output();
    return y * (gy - sum(gy * y, axis, Keep::yes));
    // end of hole
  });
}

// y = x - log Σ e^x,   gx = gy - e^y Σ gy
Variable log_softmax(const Variable& x, int axis) {
  const Tensor shifted = sub(x.value(), row_max(x.value(), axis, "log_softmax"));
  const Tensor y = sub(shifted, log(sum(exp(shifted), axis, Keep::yes)));
  return record("log_softmax", y, {x}, Save::output,
                [axis](Node& n, const Variable& gy) { return gy - exp(n.output()) * sum(gy, axis, Keep::yes); });
}

}  // namespace hourglass::HOURGLASS_BUILD
