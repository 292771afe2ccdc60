#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

// y = a b,   ga = gy bᵀ,   gb = aᵀ gy; for an operand that is read by columns, the transpose of that
Variable matmul(const Variable& a, const Variable& b, Transpose ta, Transpose tb) {
  return record(
      "matmul", matmul(a.value(), b.value(), ta, tb), {a, b}, Save::inputs, [ta, tb](Node& n, const Variable& gy) {
        // hole matmul: ga and gb, each a product of gy with the other operand
        const Variable &a = n.input(0), &b = n.input(1);
        const auto flip = [](Transpose t) { return t == Transpose::no ? Transpose::yes : Transpose::no; };
        Variable ga, gb;
        if (n.needs(0))
          ga = ta == Transpose::no ? matmul(gy, b, Transpose::no, flip(tb)) : matmul(b, gy, tb, Transpose::yes);
        if (n.needs(1))
          gb = tb == Transpose::no ? matmul(a, gy, flip(ta), Transpose::no) : matmul(gy, a, Transpose::yes, ta);
        return Gradients{ga, gb};
        // end of hole
      });
}

// y = φ(z), z = x Wᵀ + b,   gz = gy φ'(z),   gx = gz W,   gW = gzᵀ x,   gb = Σ_rows gz
Variable linear(const Variable& x, const Variable& W, const Variable& b, Activation activation) {
  if (!activation.is_fused()) return activate(activation, linear(x, W, b));
  const Save save = activation == Activation::none ? Save::inputs : Save::both;
  return record("linear", linear(x.value(), W.value(), b.value(), activation), {x, W, b}, save,
                [activation](Node& n, const Variable& gy) {
                  // hole linear: gz through the activation, then gx, gW and gb
                  const Variable gz = activation == Activation::none ? gy : activation_grad(activation, gy, n.output());
                  return Gradients{n.needs(0) ? matmul(gz, n.input(1)) : Variable(),
                                   n.needs(1) ? matmul(gz, n.input(0), Transpose::yes) : Variable(),
                                   n.needs(2) ? sum(gz, 0) : Variable()};
                  // end of hole
                });
}

}  // namespace hourglass::HOURGLASS_BUILD
