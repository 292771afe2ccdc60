#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

// Where an operand was repeated, its gradient is the sum over the repetitions: sum_to.

// y = a + b,   dy/da = 1,   dy/db = 1
Variable add(const Variable& a, const Variable& b) {
  return record("add", add(a.value(), b.value()), {a, b}, Save::nothing, [](Node& n, const Variable& gy) {
    return Gradients{sum_to(gy, n.input_shape(0)), sum_to(gy, n.input_shape(1))};
  });
}

// y = a - b,   dy/da = 1,   dy/db = -1
Variable sub(const Variable& a, const Variable& b) {
  return record("sub", sub(a.value(), b.value()), {a, b}, Save::nothing, [](Node& n, const Variable& gy) {
    return Gradients{sum_to(gy, n.input_shape(0)), n.needs(1) ? sum_to(-gy, n.input_shape(1)) : Variable()};
  });
}

// y = a b,   dy/da = b,   dy/db = a
Variable mul(const Variable& a, const Variable& b) {
  return record("mul", mul(a.value(), b.value()), {a, b}, Save::inputs, [](Node& n, const Variable& gy) {
    // hole mul: gy times the other operand, summed to the shape of each
    return Gradients{n.needs(0) ? sum_to(gy * n.input(1), n.input_shape(0)) : Variable(),
                     n.needs(1) ? sum_to(gy * n.input(0), n.input_shape(1)) : Variable()};
    // end of hole
  });
}

// y = a / b,   dy/da = 1 / b,   dy/db = -y / b
Variable div(const Variable& a, const Variable& b) {
  return record("div", div(a.value(), b.value()), {a, b}, Save::both, [](Node& n, const Variable& gy) {
    // hole div: the gradients of a quotient, from b and y
    const Variable& b = n.input(1);
    return Gradients{n.needs(0) ? sum_to(gy / b, n.input_shape(0)) : Variable(),
                     n.needs(1) ? sum_to(-(gy * (n.output() / b)), n.input_shape(1)) : Variable()};
    // end of hole
  });
}

namespace {

// For an op whose first operand has won where `ahead` is larger than `behind`; each gets half where they are equal.
Gradients share_between(Node& n, const Variable& gy, const Tensor& ahead, const Tensor& behind) {
  const auto part = [&](int i, const Tensor& own, const Tensor& other) {
    if (!n.needs(i)) return Variable();
    const Tensor share = shares(own, other);
    return sum_to(where(share, gy, 0) / maximum(share, Tensor::scalar(1)), n.input_shape(i));
  };
  return {part(0, ahead, behind), part(1, behind, ahead)};
}

}  // namespace

// y = max(a, b),   dy/da = [a > b] + ½ [a = b],   dy/db = 1 - dy/da
Variable maximum(const Variable& a, const Variable& b) {
  return record("maximum", maximum(a.value(), b.value()), {a, b}, Save::inputs, [](Node& n, const Variable& gy) {
    return share_between(n, gy, n.input(0).value(), n.input(1).value());
  });
}

// y = min(a, b),   dy/da = [b > a] + ½ [a = b],   dy/db = 1 - dy/da
Variable minimum(const Variable& a, const Variable& b) {
  return record("minimum", minimum(a.value(), b.value()), {a, b}, Save::inputs, [](Node& n, const Variable& gy) {
    return share_between(n, gy, n.input(1).value(), n.input(0).value());
  });
}

// y = c x + d,   dy/dx = c
Variable affine(const Variable& x, Number scale, Number shift) {
  return record("affine", affine(x.value(), scale, shift), {x}, Save::nothing,
                [scale](Node&, const Variable& gy) { return affine(gy, scale); });
}

// y = x / c,   dy/dx = 1 / c
Variable div(const Variable& x, Number c) {
  return record("div", div(x.value(), c), {x}, Save::nothing, [c](Node&, const Variable& gy) { return div(gy, c); });
}

// y = a where c, else b,   dy/da = [c],   dy/db = 1 - [c]
Variable where(const Variable& condition, const Variable& a, const Variable& b) {
  return record("where", where(condition.value(), a.value(), b.value()), {a, b}, Save::nothing,
                [c = condition.value()](Node& n, const Variable& gy) {
                  return Gradients{n.needs(0) ? sum_to(where(c, gy, 0), n.input_shape(0)) : Variable(),
                                   n.needs(1) ? sum_to(where(c, 0, gy), n.input_shape(1)) : Variable()};
                });
}

Variable where(const Variable& condition, const Variable& a, Number b) {
  return record(
      "where", where(condition.value(), a.value(), b), {a}, Save::nothing,
      [c = condition.value()](Node& n, const Variable& gy) { return sum_to(where(c, gy, 0), n.input_shape(0)); });
}

Variable where(const Variable& condition, Number a, const Variable& b) {
  return record(
      "where", where(condition.value(), a, b.value()), {b}, Save::nothing,
      [c = condition.value()](Node& n, const Variable& gy) { return sum_to(where(c, 0, gy), n.input_shape(0)); });
}

}  // namespace hourglass::HOURGLASS_BUILD
