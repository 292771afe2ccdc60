
#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// y = c (r - x) in one pass, c a single number
Variable scaled_difference(const Variable& c, const Variable& r, const Variable& x) {
  return record("scaled_difference", scaled_difference(c.value(), r.value(), x.value()), {c, r, x}, Save::inputs,
                [](Node& n, const Variable& gy) {
                  const Variable scaled = n.input(0) * gy;
                  return Gradients{n.needs(0) ? sum_to(gy * (n.input(1) - n.input(2)), n.input_shape(0)) : Variable(),
                                   scaled, -scaled};
                });
}

// y = c (σ(z) - x) in one pass, c a single number
Variable binary_cross_entropy_grad(const Variable& c, const Variable& z, const Variable& x) {
  return record("binary_cross_entropy_grad", binary_cross_entropy_grad(c.value(), z.value(), x.value()), {c, z, x},
                Save::inputs, [](Node& n, const Variable& gy) {
                  // hole bce_grad: the gradients of c (σ(z) - x) with respect to c, z and x
                  const Variable p = sigmoid(n.input(1)), scaled = n.input(0) * gy;
                  return Gradients{n.needs(0) ? sum_to(gy * (p - n.input(2)), n.input_shape(0)) : Variable(),
                                   n.needs(1) ? sigmoid_grad(scaled, p) : Variable(), -scaled};
                  // end of hole
                });
}

}  // namespace

// y = Σ (r - x)²,   dy/dr = 2 (r - x) = -dy/dx
Variable squared_difference(const Variable& r, const Variable& x) {
  return record("squared_difference", squared_difference(r.value(), x.value()), {r, x}, Save::inputs,
                [](Node& n, const Variable& gy) {
                  // hole squared_difference: gr = 2 gy (r - x), and gx
                  const Variable gr = scaled_difference(2 * gy, n.input(0), n.input(1));
                  return Gradients{gr, n.needs(1) ? -gr : Variable()};
                  // end of hole
                });
}

// y = Σ (log(1 + e^z) - z x),   dy/dz = σ(z) - x,   dy/dx = -z
Variable binary_cross_entropy_with_logits(const Variable& z, const Variable& x) {
  return record("binary_cross_entropy_with_logits", binary_cross_entropy_with_logits(z.value(), x.value()), {z, x},
                Save::inputs, [](Node& n, const Variable& gy) {
                  // hole bce: gz = gy (σ(z) - x), and gx
                  return Gradients{n.needs(0) ? binary_cross_entropy_grad(gy, n.input(0), n.input(1)) : Variable(),
                                   n.needs(1) ? -(gy * n.input(0)) : Variable()};
                  // end of hole
                });
}

// y = Σ ½ (μ² + e^s - 1 - s),   dy/dμ = μ,   dy/ds = ½ (e^s - 1)
Variable gaussian_kl(const Variable& mu, const Variable& log_variance) {
  return record("gaussian_kl", gaussian_kl(mu.value(), log_variance.value()), {mu, log_variance}, Save::inputs,
                [](Node& n, const Variable& gy) {
                  // hole gaussian_kl: gμ and gs
                  return Gradients{gy * n.input(0), (Scalar(0.5) * gy) * expm1(n.input(1))};
                  // end of hole
                });
}

// y = Σ ρ log(ρ / a) + (1 - ρ) log((1 - ρ) / (1 - a)),   dy/da = (a - ρ) / (a (1 - a))
Variable bernoulli_kl(Number probability, const Variable& a) {
  const Scalar rho = probability;
  return record("bernoulli_kl", bernoulli_kl(rho, a.value()), {a}, Save::inputs, [rho](Node& n, const Variable& gy) {
    // hole bernoulli_kl: ga
    const Variable& a = n.input(0);
    return gy * ((a - rho) / (a * (1 - a)));
    // end of hole
  });
}

}  // namespace hourglass::HOURGLASS_BUILD
