#pragma once
#include <initializer_list>
#include <span>
#include <utility>

#include <hourglass/autograd/node.h>

namespace hourglass::HOURGLASS_BUILD {

/// Reports the value to the observer; returns whether this thread records and an input requires a gradient.
bool worth_recording(const char* op, std::span<const Variable> inputs, const Tensor& value);

/// A node whose backward function is given.
template <class Function>
struct OpNode final : Node {
  Function function;
  /// As a Node, with its backward function.
  OpNode(const char* op, std::span<const Variable> inputs, const Tensor& value, Save save, Function f)
      : Node(op, inputs, value, save), function(std::move(f)) {}
  Gradients backward(const Variable& gy) override { return function(*this, gy); }
};

/// Records one op: its value, its inputs and its backward function `Gradients(Node&, const Variable& gy)`. This is all
/// that writing an op takes. While nothing is recorded, or where no input requires a gradient, only the value is kept.
/// @{
template <class Function>
Variable record(const char* op, Tensor value, std::span<const Variable> inputs, Save save, Function backward) {
  if (!worth_recording(op, inputs, value)) return Variable(std::move(value));
  NodeRef node(new OpNode<Function>(op, inputs, value, save, std::move(backward)));
  return Variable(std::move(value), std::move(node));
}
template <class Function>
Variable record(const char* op, Tensor value, std::initializer_list<Variable> inputs, Save save, Function backward) {
  return record(op, std::move(value), std::span(inputs), save, std::move(backward));
}
/// @}

}  // namespace hourglass::HOURGLASS_BUILD
