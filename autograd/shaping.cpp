#include <hourglass/autograd/ops.h>
#include <hourglass/autograd/record.h>

namespace hourglass::HOURGLASS_BUILD {

// Each op here moves numbers; its gradient moves them back, and adds up what had been repeated.

Variable reshape(const Variable& x, const Shape& shape) {
  return record("reshape", x.value().reshape(shape), {x}, Save::nothing,
                [](Node& n, const Variable& gy) { return reshape(gy, n.input_shape(0)); });
}

namespace {

Variable permute_to(const Variable& x, const Order& order) {
  return record("permute", permute(x.value(), order), {x}, Save::nothing, [order](Node& n, const Variable& gy) {
    Order back{};
    for (int i = 0; i < gy.dim(); ++i)
      back[static_cast<std::size_t>(n.shape().axis(order[static_cast<std::size_t>(i)], "permute"))] = i;
    return permute_to(gy, back);
  });
}

}  // namespace

Variable permute(const Variable& x, std::span<const int> order) { return permute_to(x, order_of(x.shape(), order)); }

Variable transpose(const Variable& x, int a, int b) { return permute_to(x, exchanged(x.shape(), a, b)); }

Variable cat(std::span<const Variable> parts, int axis) {
  memory::Vector<Tensor> values;
  for (const Variable& part : parts) values.push_back(part.value());
  return record("cat", cat(values, axis), parts, Save::nothing, [axis](Node& n, const Variable& gy) {
    memory::Vector<Variable> gradients;
    Index first = 0;
    for (int i = 0; i < n.inputs(); ++i) {
      const Index count = n.input_shape(i)[gy.shape().axis(axis, "cat")];
      gradients.push_back(n.needs(i) ? narrow(gy, axis, first, count) : Variable());
      first += count;
    }
    return Gradients(std::move(gradients));
  });
}

Variable stack(std::span<const Variable> parts, int axis) {
  Variables rows;
  for (const Variable& part : parts) rows.push_back(reshape(part, stacked(parts[0].shape(), part.shape(), axis)));
  return cat(rows, axis);
}

Variable Variable::operator[](Index i) const {
  require(dim() > 0, "[]: ", shape(), empty() ? " is empty" : " has no axis");
  return reshape(narrow(*this, 0, i < 0 ? i + size(0) : i, 1), shape().without(0));
}

Variable narrow(const Variable& x, int axis, Index first, Index count) {
  return record("narrow", narrow(x.value(), axis, first, count), {x}, Save::nothing, [=](Node& n, const Variable& gy) {
    return pad(gy, axis, first, n.input_shape(0)[gy.shape().axis(axis, "narrow")]);
  });
}

Variable pad(const Variable& x, int axis, Index first, Index size) {
  return record("pad", pad(x.value(), axis, first, size), {x}, Save::nothing, [=](Node& n, const Variable& gy) {
    return narrow(gy, axis, first, n.input_shape(0)[gy.shape().axis(axis, "pad")]);
  });
}

Variable broadcast_to(const Variable& x, const Shape& shape) {
  return record("broadcast_to", broadcast_to(x.value(), shape), {x}, Save::nothing,
                [](Node& n, const Variable& gy) { return sum_to(gy, n.input_shape(0)); });
}

Variable sum_to(const Variable& x, const Shape& shape) {
  return record("sum_to", sum_to(x.value(), shape), {x}, Save::nothing,
                [](Node& n, const Variable& gy) { return broadcast_to(gy, n.input_shape(0)); });
}

}  // namespace hourglass::HOURGLASS_BUILD
