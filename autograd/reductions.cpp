#include <limits>

#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// What a reduction along one axis returned, with that axis back as size 1: it broadcasts against the input.
Variable with_axis(const Variable& reduced, const Shape& input, int axis) {
  return reshape(reduced, input.with(input.axis(axis, "reduction"), 1));
}

// y = the largest or the smallest of each row,   dy/dx = [x = y] / how many are equal to y
using Fold = Tensor(const Tensor& x, int axis, Keep keep);
Variable extreme(const char* op, Fold fold, const Variable& x, int axis, Keep keep) {
  return record(op, fold(x.value(), axis, keep), {x}, Save::inputs, [=](Node& n, const Variable& gy) {
    const Tensor& x = n.input(0).value();
    const Tensor chosen = eq(x, fold(x, axis, Keep::yes));
    return where(chosen, with_axis(gy, x.shape(), axis) / sum(chosen, axis, Keep::yes), 0);
  });
}

}  // namespace

// y = Σ x,   dy/dx = 1
Variable sum(const Variable& x) {
  return record("sum", sum(x.value()), {x}, Save::nothing,
                [](Node& n, const Variable& gy) { return broadcast_to(gy, n.input_shape(0)); });
}

Variable sum(const Variable& x, int axis, Keep keep) {
  return record("sum", sum(x.value(), axis, keep), {x}, Save::nothing, [axis](Node& n, const Variable& gy) {
    return broadcast_to(with_axis(gy, n.input_shape(0), axis), n.input_shape(0));
  });
}

// y = Σ x / n,   dy/dx = 1 / n
Variable mean(const Variable& x) {
  return record("mean", mean(x.value()), {x}, Save::nothing, [](Node& n, const Variable& gy) {
    return broadcast_to(gy / static_cast<Scalar>(n.input_shape(0).numel()), n.input_shape(0));
  });
}

Variable mean(const Variable& x, int axis, Keep keep) {
  return record("mean", mean(x.value(), axis, keep), {x}, Save::nothing, [axis](Node& n, const Variable& gy) {
    const Shape& shape = n.input_shape(0);
    const Scalar count = static_cast<Scalar>(shape[shape.axis(axis, "mean")]);
    return broadcast_to(with_axis(gy / count, shape, axis), shape);
  });
}

Variable amax(const Variable& x, int axis, Keep keep) { return extreme("amax", amax, x, axis, keep); }

Variable amin(const Variable& x, int axis, Keep keep) { return extreme("amin", amin, x, axis, keep); }

// y = log Σ e^x = m + log Σ e^(x - m), m = max x,   dy/dx = e^(x - y)
Variable logsumexp(const Variable& x, int axis, Keep keep) {
  const Tensor m = row_max(x.value(), axis, "logsumexp");
  // Where all are -∞ (or one is +∞) the shift itself would make a NaN.
  const Tensor shift = clamp(m, std::numeric_limits<Scalar>::lowest(), std::numeric_limits<Scalar>::max());
  const Tensor y = add(shift, log(sum(exp(sub(x.value(), shift)), axis, Keep::yes)));
  return record("logsumexp", keep == Keep::yes ? y : y.reshape(x.shape().without(x.shape().axis(axis, "logsumexp"))),
                {x}, Save::both, [axis](Node& n, const Variable& gy) {
                  const Variable y = with_axis(n.output(), n.input_shape(0), axis);
                  return with_axis(gy, n.input_shape(0), axis) * exp(n.input(0) - y);
                });
}

// y = x for the k largest of a row, else 0; which ones is taken as given
Variable top_k(const Variable& x, Index k) {
  const Tensor mask = top_k_mask(x.value(), k);
  return record("top_k", where(mask, x.value(), 0), {x}, Save::nothing,
                [mask](Node&, const Variable& gy) { return where(mask, gy, 0); });
}

}  // namespace hourglass::HOURGLASS_BUILD
