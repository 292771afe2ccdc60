#include <limits>

#include <hourglass/autograd/ops.h>
#include <hourglass/tensor/elementwise.h>
#include <hourglass/tensor/reduce.h>

namespace hourglass::HOURGLASS_BUILD {

namespace {

// What a reduction along one axis returned, with that axis back as size 1: it broadcasts against the input.
Variable with_axis(const Variable& reduced, const Shape& input, int axis) {
  return reshape(reduced, input.with(input.axis(axis, "reduction"), 1));
}

}  // namespace

// y = Σ x,   dy/dx = 1
Variable sum(const Variable& x) {
  return record("sum", tensor::sum(x.value()), {x}, Save::nothing,
                [](Node& n, const Variable& gy) { return broadcast_to(gy, n.input_shape(0)); });
}

Variable sum(const Variable& x, int axis, bool keep) {
  return record("sum", tensor::sum(x.value(), axis, keep), {x}, Save::nothing, [axis](Node& n, const Variable& gy) {
    return broadcast_to(with_axis(gy, n.input_shape(0), axis), n.input_shape(0));
  });
}

// y = Σ x / n,   dy/dx = 1 / n
Variable mean(const Variable& x) {
  return record("mean", tensor::mean(x.value()), {x}, Save::nothing, [](Node& n, const Variable& gy) {
    return broadcast_to(gy / static_cast<Scalar>(n.input_shape(0).size()), n.input_shape(0));
  });
}

Variable mean(const Variable& x, int axis, bool keep) {
  return record("mean", tensor::mean(x.value(), axis, keep), {x}, Save::nothing, [axis](Node& n, const Variable& gy) {
    const Shape& shape = n.input_shape(0);
    const Scalar count = static_cast<Scalar>(shape[shape.axis(axis, "mean")]);
    return broadcast_to(with_axis(gy / count, shape, axis), shape);
  });
}

// y = max x,   dy/dx = [x = y] / how many are equal to y
Variable max(const Variable& x, int axis, bool keep) {
  return record("max", tensor::max(x.value(), axis, keep), {x}, Save::inputs, [axis](Node& n, const Variable& gy) {
    const Tensor& x = n.input(0).value();
    const Tensor largest = tensor::equal(x, tensor::max(x, axis, true));
    // masks by how many: NaN where the largest is one
    return masked_div(with_axis(gy, x.shape(), axis), tensor::mul(largest, tensor::sum(largest, axis, true)));
  });
}

// y = log Σ e^x = m + log Σ e^(x - m), m = max x,   dy/dx = e^(x - y)
Variable logsumexp(const Variable& x, int axis, bool keep) {
  const Tensor m = tensor::max(x.value(), axis, true);
  // Where all are -∞ (or one is +∞) the shift itself would make a NaN.
  const Tensor shift = tensor::clamp(m, std::numeric_limits<Scalar>::lowest(), std::numeric_limits<Scalar>::max());
  const Tensor y = tensor::add(shift, tensor::log(tensor::sum(tensor::exp(tensor::sub(x.value(), shift)), axis, true)));
  return record("logsumexp", keep ? y : y.reshape(x.shape().without(x.shape().axis(axis, "logsumexp"))), {x},
                Save::both, [axis](Node& n, const Variable& gy) {
                  const Variable y = with_axis(n.output(), n.input_shape(0), axis);
                  return with_axis(gy, n.input_shape(0), axis) * exp(n.input(0) - y);
                });
}

// y = x for the k largest of a row, else 0; which ones is taken as given
Variable top_k(const Variable& x, Index k) {
  const Tensor mask = tensor::top_k_mask(x.value(), k);
  return record("top_k", tensor::masked_div(x.value(), mask), {x}, Save::nothing,
                [mask](Node&, const Variable& gy) { return masked_div(gy, mask); });
}

}  // namespace hourglass::HOURGLASS_BUILD
